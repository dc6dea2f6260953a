package io.millrace.analytics.tail;

import java.util.function.Supplier;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/** A {@link PartitionTail} as Kafka Streams keeps it: one for each task, anew whenever a task starts. */
final class TailStore implements StateStore {
    static final String NAME = "tail";

    private final Supplier<PartitionTail> tails;
    private final TailReader reader;
    private volatile PartitionTail tail;
    private volatile boolean open;

    TailStore(Supplier<PartitionTail> tails, TailReader reader) {
        this.tails = tails;
        this.reader = reader;
        this.tail = tails.get();
    }

    /** How Streams is asked for it. */
    static final class Type implements QueryableStoreType<TailStore> {
        @Override
        public boolean accepts(StateStore store) {
            return store instanceof TailStore;
        }

        @Override
        public TailStore create(StateStoreProvider provider, String storeName) {
            return provider.stores(storeName, this).getFirst();
        }
    }

    PartitionTail tail() {
        return tail;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Begins reading back and does not wait for it: the other tasks of the thread go on. */
    @Override
    public void init(StateStoreContext context, StateStore root) {
        // Nothing is ever restored, because nothing is logged: the log itself says it all.
        context.register(root, (_, _) -> {});
        tail = tails.get();
        open = true;
        reader.begin(context.taskId().partition(), tail);
    }

    @Override
    public void close() {
        open = false;
        reader.end(tail);
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
