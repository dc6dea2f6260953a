package io.millrace.localstack;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.clickhouse.ClickHouseProbe;
import io.millrace.localstack.clickhouse.ClickHouseServer;
import io.millrace.localstack.clickhouse.ClickHouseSettings;
import io.millrace.localstack.kafka.KafkaProbe;
import io.millrace.localstack.kafka.KafkaServer;
import io.millrace.localstack.postgres.PostgresProbe;
import io.millrace.localstack.postgres.PostgresServer;
import io.millrace.localstack.process.Probe;
import io.millrace.localstack.process.Recipe;
import io.millrace.localstack.s3.S3Probe;
import io.millrace.localstack.s3.S3Server;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Makes the servers of one stack. */
final class ServerFactory {
    private static final String NAME = "millrace";

    private final StackPlan plan;
    private final StackSecrets secrets;

    ServerFactory(StackPlan plan, StackSecrets secrets) {
        this.plan = plan;
        this.secrets = secrets;
    }

    /** The environment variable that names a server to use instead of starting one. */
    static String externalVariable(Part part) {
        return "MILLRACE_EXTERNAL_" + part.name().toUpperCase(Locale.ROOT);
    }

    /** A server: the one the plan names, else a process of this machine. */
    Server server(Part part) {
        String external = plan.external().get(part);
        return external != null
                ? new ExternalServer(part, external, probe(part, external))
                : new ProcessServer(part, url(part), plan.ports(), plan.folder().process(part), recipe(part));
    }

    /** How a server at any address is asked. */
    static Probe probe(Part part, String url) {
        return switch (part) {
            case KAFKA -> new KafkaProbe(url);
            case CLICKHOUSE -> new ClickHouseProbe(ServerUrl.parse(url));
            case POSTGRES -> new PostgresProbe(ServerUrl.parse(url));
            case S3 -> new S3Probe(ServerUrl.parse(url));
            case INGESTION, CONSUMER, ANALYTICS, RETENTION -> throw notAServer(part);
        };
    }

    private Recipe recipe(Part part) {
        Path folder = plan.folder().data(part);
        Ports ports = plan.ports();
        return switch (part) {
            case KAFKA ->
                new KafkaServer(
                        folder,
                        ports.of(part),
                        ports.all(part).getLast(),
                        Checkout.find().library("kafka-server"),
                        plan.brokerEnvironment());
            case CLICKHOUSE ->
                new ClickHouseServer(new ClickHouseSettings(
                        folder,
                        plan.folder().logs(),
                        ServerUrl.parse(url(part)),
                        ports.all(part).getLast(),
                        s3Disk()));
            case POSTGRES -> new PostgresServer(folder, ServerUrl.parse(url(part)));
            case S3 ->
                new S3Server(folder, ServerUrl.parse(url(part)), Checkout.find().library("s3-server"));
            case INGESTION, CONSUMER, ANALYTICS, RETENTION -> throw notAServer(part);
        };
    }

    private String url(Part part) {
        String place = "127.0.0.1:" + plan.ports().of(part);
        return switch (part) {
            case KAFKA -> place;
            case CLICKHOUSE ->
                "http://%s:%s@%s/?database=%s".formatted(NAME, secrets.clickHousePassword(), place, NAME);
            case POSTGRES -> "postgresql://%s:%s@%s/%s".formatted(NAME, secrets.postgresPassword(), place, NAME);
            case S3 -> "http://%s:%s@%s/%s".formatted(secrets.s3Access(), secrets.s3Secret(), place, NAME);
            case INGESTION, CONSUMER, ANALYTICS, RETENTION -> throw notAServer(part);
        };
    }

    private Optional<ServerUrl> s3Disk() {
        return plan.s3Disk() ? Optional.of(ServerUrl.parse(server(Part.S3).url())) : Optional.empty();
    }

    private static IllegalArgumentException notAServer(Part part) {
        return new IllegalArgumentException(part.title() + " is a service, not a server");
    }
}
