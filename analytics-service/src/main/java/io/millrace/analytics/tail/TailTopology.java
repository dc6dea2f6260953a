package io.millrace.analytics.tail;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** The topology: the topic's records go into the {@link TailStore} of their partition, and nothing comes out. */
final class TailTopology {
    private static final String SOURCE = "events";
    private static final String PROCESSOR = "count";

    private TailTopology() {}

    static Topology of(String topic, Supplier<PartitionTail> tails, TailReader reader) {
        return new Topology()
                .addSource(SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic)
                .addProcessor(PROCESSOR, Following::new, SOURCE)
                .addStateStore(new Builder(tails, reader), PROCESSOR);
    }

    /** Hands each record to the store. */
    private static final class Following implements Processor<byte[], byte[], Void, Void> {
        private @Nullable ProcessorContext<Void, Void> context;
        private @Nullable TailStore store;

        @Override
        public void init(ProcessorContext<Void, Void> taskContext) {
            context = taskContext;
            store = taskContext.getStateStore(TailStore.NAME);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            RecordMetadata place =
                    Objects.requireNonNull(context).recordMetadata().orElseThrow();
            Objects.requireNonNull(store)
                    .tail()
                    .follow(new ConsumerRecord<>(
                            place.topic(),
                            place.partition(),
                            place.offset(),
                            record.timestamp(),
                            TimestampType.LOG_APPEND_TIME,
                            ConsumerRecord.NULL_SIZE,
                            ConsumerRecord.NULL_SIZE,
                            record.key(),
                            record.value(),
                            record.headers(),
                            Optional.empty()));
        }
    }

    /** Makes stores without a change log and without a cache. */
    private record Builder(Supplier<PartitionTail> tails, TailReader reader) implements StoreBuilder<TailStore> {
        @Override
        public TailStore build() {
            return new TailStore(tails, reader);
        }

        @Override
        public String name() {
            return TailStore.NAME;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public StoreBuilder<TailStore> withCachingEnabled() {
            throw new UnsupportedOperationException("a tail has no cache");
        }

        @Override
        public StoreBuilder<TailStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<TailStore> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("a tail is logged nowhere: the topic has it all");
        }

        @Override
        public StoreBuilder<TailStore> withLoggingDisabled() {
            return this;
        }
    }
}
