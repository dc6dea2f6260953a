package io.millrace.ingestion.publish;

import io.millrace.log.LogTerms;
import io.millrace.log.PositionVector;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** What Kafka said of the events of one request, until it has said something of all of them. */
final class Acknowledgements implements Callback {
    private final LogTerms terms;
    private final CompletableFuture<PositionVector> result = new CompletableFuture<>();

    /** By partition; 0 where there is none. */
    private long[] nextOffsets = {};

    private int open;
    /** Written under the lock. */
    private volatile @Nullable Exception failure;

    Acknowledgements(LogTerms terms, int events) {
        if (events < 1) {
            throw new IllegalArgumentException("there is nothing to wait for");
        }
        this.terms = terms;
        this.open = events;
    }

    CompletableFuture<PositionVector> result() {
        return result;
    }

    boolean failed() {
        return failure != null;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        settle(metadata, exception, 1);
    }

    /** These will never be acknowledged, because a failure came before them. */
    void notSent(int events) {
        if (events > 0) {
            settle(null, null, events);
        }
    }

    private void settle(@Nullable RecordMetadata metadata, @Nullable Exception exception, int events) {
        boolean done;
        synchronized (this) {
            if (exception != null) {
                failure = failure == null ? exception : failure;
            } else if (metadata != null && metadata.hasOffset()) {
                reached(metadata.partition(), metadata.offset() + 1);
            } else if (metadata != null) {
                // The broker knew a retried batch as a duplicate but not where it lies. It is in the log, but an answer
                // without its position would break "read your writes", so the client sends it again.
                failure = failure == null ? new IllegalStateException("acknowledged without an offset") : failure;
            }
            open -= events;
            done = open == 0;
        }
        if (done) {
            complete();
        }
    }

    private void reached(int partition, long nextOffset) {
        if (partition >= nextOffsets.length) {
            nextOffsets = Arrays.copyOf(nextOffsets, partition + 1);
        }
        nextOffsets[partition] = Math.max(nextOffsets[partition], nextOffset);
    }

    private void complete() {
        Exception cause = failure;
        if (cause == null) {
            SortedMap<Integer, Long> touched = new TreeMap<>();
            for (int partition = 0; partition < nextOffsets.length; partition++) {
                if (nextOffsets[partition] > 0) {
                    touched.put(partition, nextOffsets[partition]);
                }
            }
            result.complete(new PositionVector(terms.logId(), touched));
        } else {
            result.completeExceptionally(new PublishFailed(cause));
        }
    }
}
