package io.millrace.localstack.kafka;

import io.millrace.localstack.process.Probe;
import io.millrace.localstack.process.StackException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Asks a Kafka cluster to describe itself.
 *
 * @param bootstrap host and port of one broker, or several of them separated by commas
 */
public record KafkaProbe(String bootstrap) implements Probe {
    private static final int ANSWER_MILLIS = 10_000;

    @Override
    public Optional<String> problem() {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        Admin admin = Admin.create(settings);
        try {
            // A broker is listed once it may serve clients, which is later than its port is open.
            var brokers = admin.describeCluster().nodes().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
            return brokers.isEmpty() ? Optional.of("no broker has joined the cluster") : Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of("does not describe its cluster: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while asking Kafka", e);
        } finally {
            // Without a limit it would wait for a broker that hangs, for as long as that hangs.
            admin.close(Duration.ZERO);
        }
    }
}
