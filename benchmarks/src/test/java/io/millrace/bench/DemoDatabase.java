package io.millrace.bench;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.LocalStack;
import io.millrace.migrate.MigrationTarget;
import io.millrace.migrate.Migrator;
import java.io.IOException;

/** Tables of a test alone, in a database of its own on the shared servers. */
final class DemoDatabase {
    private DemoDatabase() {}

    static EventStore make(LocalStack stack, String name) throws IOException, InterruptedException {
        ServerUrl first = ServerUrl.parse(stack.clickHouse().url());
        new EventStore(first).ask("CREATE DATABASE " + name);
        ServerUrl own = new ServerUrl(first.scheme(), first.user(), first.password(), first.host(), first.port(), name);
        Migrator.migrate(new MigrationTarget(
                stack.kafka().url(), own, ServerUrl.parse(stack.postgres().url()), MigrationTarget.Topic.DEFAULT, ""));
        return new EventStore(own);
    }
}
