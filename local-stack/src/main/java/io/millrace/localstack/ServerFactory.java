package io.millrace.localstack;

import io.millrace.localstack.clickhouse.ClickHouseServer;
import io.millrace.localstack.kafka.KafkaServer;
import io.millrace.localstack.postgres.PostgresServer;
import io.millrace.localstack.s3.S3Keys;
import io.millrace.localstack.s3.S3Server;

/**
 * Makes the servers of one stack.
 *
 * @param folder where their data lies
 * @param ports where they listen
 * @param secrets their passwords
 * @param checkout where their libraries were built
 */
record ServerFactory(StackFolder folder, Ports ports, StackSecrets secrets, Checkout checkout) {

    /** A server in a process of this machine. */
    Server process(Part part) {
        return new ProcessServer(recipe(part), folder.process(part), ports);
    }

    private ServerRecipe recipe(Part part) {
        return switch (part) {
            case KAFKA -> new KafkaServer(folder, ports, checkout);
            case CLICKHOUSE -> new ClickHouseServer(folder, ports, secrets.clickHousePassword());
            case POSTGRES -> new PostgresServer(folder, ports, secrets.postgresPassword());
            case S3 -> new S3Server(folder, ports, new S3Keys(secrets.s3Access(), secrets.s3Secret()), checkout);
            case INGESTION, CONSUMER, ANALYTICS, RETENTION ->
                throw new IllegalArgumentException(part + " is a service, not a server");
        };
    }
}
