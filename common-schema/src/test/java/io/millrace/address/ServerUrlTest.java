package io.millrace.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {
    @Test
    void readsEveryPart() {
        assertThat(ServerUrl.parse("postgresql://u:p%40%2F+@db.example:5432/millrace"))
                .isEqualTo(new ServerUrl("postgresql", "u", "p@/+", "db.example", 5432, "millrace"));
        assertThat(ServerUrl.parse("http://u:p@127.0.0.1:8123/?x=1&database=millrace")
                        .database())
                .isEqualTo("millrace");
        assertThat(ServerUrl.parse("http://127.0.0.1:8123"))
                .isEqualTo(new ServerUrl("http", "", "", "127.0.0.1", 8123, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host:1",
                "http://host",
                "http://:80",
                "http://u:s3cret@/x",
                "http://u:s3cret@host:99999/",
                "http://u:s3 cret@h:1/"
            })
    void refusesWhatIsNoneWithoutRepeatingThePassword(String url) {
        assertThatThrownBy(() -> ServerUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("cret");
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(ServerUrl.parse("http://u:s3cret@h:1/?database=d")).hasToString("http://u@h:1/d");
    }
}
