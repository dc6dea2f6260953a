package io.millrace.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.Part;
import io.millrace.localstack.process.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogsTest {
    @Test
    void partIsFoundByItsNameOrTheBeginningOfIt() {
        assertThat(Logs.part("kafka")).isEqualTo(Part.KAFKA);
        assertThat(Logs.part("ingest")).isEqualTo(Part.INGESTION);
        assertThat(Logs.part("s")).isEqualTo(Part.S3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "kafkaa"})
    void otherNamesAreAnsweredWithTheOnesThereAre(String name) {
        assertThatThrownBy(() -> Logs.part(name))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("s3, kafka, clickhouse, postgres, ingestion-service, consumer-service");
    }
}
