package io.millrace.consumer.store;

import static org.awaitility.Awaitility.await;

import io.millrace.consumer.TestStore;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A query that runs until it is killed, at most half a minute. */
final class Running implements AutoCloseable {
    private final TestStore store;
    private final String queryId;
    private final CompletableFuture<Void> query;

    private Running(TestStore store, String queryId) {
        this.store = store;
        this.queryId = queryId;
        // Not on the common pool, which on two cores runs one task at a time.
        this.query = CompletableFuture.runAsync(
                this::run, task -> Thread.ofPlatform().daemon().start(task));
    }

    private void run() {
        new Statements(store.access(InsertBody.LZ4))
                .run("SELECT sleep(3) FROM numbers(10) SETTINGS max_block_size = 1 FORMAT Null", queryId, Map.of());
    }

    static Running start(TestStore store, String queryId) {
        Running running = new Running(store, queryId);
        await().until(() -> {
            if (running.query.isDone()) {
                running.query.join();
            }
            return running.count() == 1;
        });
        return running;
    }

    boolean hasEnded() {
        return query.isDone() && count() == 0;
    }

    private long count() {
        return store.number("SELECT count() FROM system.processes WHERE query_id = '" + queryId + "'");
    }

    @Override
    public void close() {
        new Statements(store.access(InsertBody.LZ4))
                .run("KILL QUERY WHERE query_id = '" + queryId + "' SYNC", queryId + "-end", Map.of());
        query.handle((_, _) -> true).join();
    }
}
