package io.millrace.localstack;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.clickhouse.ClickHouseProbe;
import io.millrace.localstack.clickhouse.ClickHouseServer;
import io.millrace.localstack.kafka.KafkaProbe;
import io.millrace.localstack.kafka.KafkaServer;
import io.millrace.localstack.postgres.PostgresProbe;
import io.millrace.localstack.postgres.PostgresServer;
import io.millrace.localstack.process.Probe;
import io.millrace.localstack.s3.S3Keys;
import io.millrace.localstack.s3.S3Probe;
import io.millrace.localstack.s3.S3Server;
import java.util.Locale;
import java.util.Optional;

/** Makes the servers of one stack. */
final class ServerFactory {
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
                : new ProcessServer(recipe(part), plan.folder().process(part), plan.ports());
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

    private ServerRecipe recipe(Part part) {
        StackFolder folder = plan.folder();
        Ports ports = plan.ports();
        S3Keys s3Keys = new S3Keys(secrets.s3Access(), secrets.s3Secret());
        return switch (part) {
            case KAFKA -> new KafkaServer(folder, ports, Checkout.find());
            case CLICKHOUSE -> new ClickHouseServer(folder, ports, secrets.clickHousePassword(), s3Disk());
            case POSTGRES -> new PostgresServer(folder, ports, secrets.postgresPassword());
            case S3 -> new S3Server(folder, ports, s3Keys, Checkout.find());
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
