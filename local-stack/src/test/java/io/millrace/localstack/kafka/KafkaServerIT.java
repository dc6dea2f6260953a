package io.millrace.localstack.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.Part;
import io.millrace.localstack.PrivateStack;
import io.millrace.localstack.Server;
import io.millrace.localstack.process.ProcessIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KafkaServerIT {
    private static final String TOPIC = "kept";

    @RegisterExtension
    static final PrivateStack STACK = new PrivateStack("kafka", Part.KAFKA);

    private final Server kafka = STACK.stack().kafka();

    @BeforeAll
    static void oneTopic() throws ExecutionException, InterruptedException {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", STACK.stack().kafka().url()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    @Test
    void acknowledgedRecordsAreKeptOverStopAndKill() throws ExecutionException, InterruptedException {
        List<String> expected = new ArrayList<>(read());
        expected.add(write("before the stop"));
        kafka.stop();
        assertThat(kafka.problem()).contains("not running");
        kafka.start();
        expected.add(write("before the kill"));
        kafka.kill();
        kafka.start();
        expected.add(write("after both"));
        assertThat(read()).containsExactlyElementsOf(expected);
    }

    @Test
    void anotherProgramFindsItRunning() {
        ProcessIdentity before = STACK.process(Part.KAFKA);
        STACK.stack().kafka().start();
        assertThat(STACK.process(Part.KAFKA)).isEqualTo(before);
    }

    @Test
    void misspeltTopicIsNotCreated() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.url()))) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("mispelt"))
                            .allTopicNames()
                            .get())
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
            assertThat(admin.listTopics().names().get()).contains(TOPIC).doesNotContain("mispelt");
        }
    }

    @Test
    void openTransactionsMayHoldReadersBackForTenSecondsAtMost() {
        try (var allowed = transactional(10_000);
                var refused = transactional(10_001)) {
            allowed.initTransactions();
            assertThatThrownBy(refused::initTransactions)
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("transaction.max.timeout.ms");
        }
    }

    @Test
    void frozenBrokerDoesNotAnswerUntilItIsThawed() {
        kafka.freeze();
        try {
            assertThat(kafka.problem()).isPresent();
        } finally {
            kafka.thaw();
        }
        kafka.start();
        assertThat(kafka.problem()).isEmpty();
    }

    private String write(String value) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.url(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get();
        }
        return value;
    }

    private List<String> read() {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.url());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            List<String> values = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach((ConsumerRecord<String, String> record) -> values.add(record.value()));
            }
            return values;
        }
    }

    private KafkaProducer<String, String> transactional(int timeoutMillis) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka.url(),
                "transactional.id",
                "it-" + timeoutMillis,
                "transaction.timeout.ms",
                timeoutMillis);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }
}
