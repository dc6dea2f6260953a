package io.millrace.consumer.partition;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.millrace.kit.metrics.Meters;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Meters of the partitions this process owns. */
final class PartitionMeters {
    private static final Duration RECALL_MAX = Duration.ofMinutes(2);

    private final PartitionBoard board;
    private final Counter failures;
    private final Counter commitFailures;
    private final Timer recalls;
    private final MultiGauge lagRecords;
    private final MultiGauge lagSeconds;
    private final MultiGauge states;

    PartitionMeters(MeterRegistry registry, PartitionBoard board, MemoryShares memory) {
        this.board = board;
        Meters meters = new Meters(registry);
        failures = meters.counter(
                "millrace.consumer.retries",
                "Failed tries to open a partition or to store a range; each is tried again",
                Tags.empty());
        commitFailures = meters.counter(
                "millrace.consumer.commit.failures",
                "Commits that Kafka refused or did not answer, without which no range is begun",
                Tags.empty());
        meters.gauge(
                "millrace.consumer.held",
                "Memory held by what is read and not stored",
                BaseUnits.BYTES,
                memory::heldBytes);
        meters.gauge(
                "millrace.consumer.window",
                "Memory that remembers events for the duplicate rule",
                BaseUnits.BYTES,
                memory::windowBytes);
        recalls = meters.timer(
                "millrace.consumer.recall",
                "Time to read a partition back when it is assigned, as far as the duplicate window reaches",
                RECALL_MAX,
                Tags.empty());
        lagRecords = MultiGauge.builder("millrace.consumer.lag.records")
                .description("Offsets of the log that are not stored")
                .baseUnit("records")
                .register(registry);
        lagSeconds = MultiGauge.builder("millrace.consumer.lag.seconds")
                .description("Age of the oldest record that is not stored, at most; 0 when all are")
                .baseUnit("seconds")
                .register(registry);
        states = MultiGauge.builder("millrace.consumer.partition.state")
                .description("1 for the state that the partition is in, 0 for the others")
                .register(registry);
    }

    Counter failures() {
        return failures;
    }

    void recalled(Duration took) {
        recalls.record(took);
    }

    void commitFailed() {
        commitFailures.increment();
    }

    /** To be called when other partitions are on the board than before. */
    synchronized void ownershipChanged() {
        List<Integer> partitions =
                board.all().stream().map(PartitionStatus::partition).toList();
        lagRecords.register(
                rows(
                        partitions,
                        status -> board.lagRecords(status).stream()
                                .mapToDouble(records -> records)
                                .findAny()
                                .orElse(Double.NaN)),
                true);
        lagSeconds.register(
                rows(
                        partitions,
                        status -> board.lag(status)
                                .map(lag -> lag.toMillis() / 1_000.0)
                                .orElse(Double.NaN)),
                true);
        states.register(partitions.stream().flatMap(this::stateRows).toList(), true);
    }

    private List<MultiGauge.Row<?>> rows(List<Integer> partitions, ToDoubleFunction<PartitionStatus> value) {
        return partitions.stream()
                .<MultiGauge.Row<?>>map(partition ->
                        MultiGauge.Row.of(Tags.of("partition", partition.toString()), () -> valueOf(partition, value)))
                .toList();
    }

    private Stream<MultiGauge.Row<?>> stateRows(int partition) {
        return Stream.of(PartitionState.values())
                .map(state -> MultiGauge.Row.of(
                        Tags.of("partition", Integer.toString(partition), "state", state.text()),
                        () -> valueOf(partition, status -> status.state() == state ? 1 : 0)));
    }

    private Number valueOf(int partition, ToDoubleFunction<PartitionStatus> value) {
        return board.of(partition).map(value::applyAsDouble).orElse(Double.NaN);
    }
}
