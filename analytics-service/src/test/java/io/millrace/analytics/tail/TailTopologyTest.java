package io.millrace.analytics.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.LogOfEvents;
import io.millrace.analytics.question.TimeRange;
import io.millrace.analytics.tail.TailBeginnings.Beginning;
import io.millrace.analytics.total.Total;
import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.eventlog.LogEnds;
import io.millrace.log.EventRecords;
import io.millrace.log.EventTopic;
import io.millrace.log.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.test.TestRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The topology and the reader beside it at their edges, without a broker. Kafka's driver delivers to the topology, from
 * offset 0 of its one partition on; Kafka's mock of a consumer is what the reader reads from, on its own thread.
 */
class TailTopologyTest {
    private static final int WINDOW = 5;
    private static final Tenant SHOP = LogOfEvents.TENANTS.getFirst();
    private static final EventLog LOG = new EventLog(EventTopic.NAME, Uuid.ONE_UUID, LogOfEvents.terms(WINDOW));
    private static final TopicPartition PARTITION = new TopicPartition(EventTopic.NAME, 0);
    private static final long NOW = LogOfEvents.NOW.toEpochMilli();
    private static final TimeRange ALL =
            new TimeRange(LogOfEvents.NOW.minusSeconds(9_999), LogOfEvents.NOW.plusSeconds(9_999));

    /** Further copies within the window at 2, 5, 7, 8, 9 and 10; at 13 one beyond it. {@code -} is no event. */
    private static final List<String> IDS = List.of("a b a c - b d a c d b - e a".split(" "));

    private static final int COUNTED = 6;

    private final List<ProducerRecord<byte[], byte[]>> log = new ArrayList<>();
    private final BlockingQueue<Beginning> beginnings = new LinkedBlockingQueue<>();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final LogEndBoard ends = new LogEndBoard();
    private final TailReader reader = new TailReader(LOG, ends, _ -> Optional.of(beginnings.take()), () -> consumer);
    private final Topology topology = TailTopology.of(LOG.topic(), TailTopologyTest::emptyTail, reader);
    private TopologyTestDriver driver = new TopologyTestDriver(topology);
    private TestInputTopic<byte[], byte[]> input = input();
    private int delivered;

    private static PartitionTail emptyTail() {
        return new PartitionTail(LOG.terms(), LogOfEvents.USER_HASH);
    }

    private TestInputTopic<byte[], byte[]> input() {
        return driver.createInputTopic(EventTopic.NAME, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @BeforeEach
    void start() {
        reader.start();
    }

    @AfterEach
    void stop() {
        driver.close();
        reader.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(1));
    }

    private static ProducerRecord<byte[], byte[]> event(String id) {
        return EventRecords.of(EventTopic.NAME, SHOP, Event.ofType("click").withId(EventId.of(id)));
    }

    private void write(List<String> ids) {
        ids.forEach(id -> log.add(
                id.equals("-") ? new ProducerRecord<>(EventTopic.NAME, new byte[] {1}, new byte[] {1}) : event(id)));
    }

    /** A record is received a minute after the one before. */
    private static long receivedAt(long offset) {
        return NOW + offset * 60_000;
    }

    /** Has the topology process the next records. */
    private void deliver(int records) {
        for (int i = 0; i < records; i++) {
            ProducerRecord<byte[], byte[]> next = log.get(delivered);
            input.pipeInput(new TestRecord<>(
                    next.key(), next.value(), next.headers(), Instant.ofEpochMilli(receivedAt(delivered))));
            delivered++;
        }
    }

    private void begin(long recallFrom, long countFrom) {
        beginnings.add(new Beginning(recallFrom, countFrom, Optional.empty()));
        soon().until(() ->
                tail().reach().floor() == countFrom && consumer.assignment().contains(PARTITION));
    }

    /** Lets the reader find records, and waits until it has read them. */
    private void readBack(int from, int to) {
        for (int offset = from; offset < to; offset++) {
            ProducerRecord<byte[], byte[]> record = log.get(offset);
            consumer.addRecord(new ConsumerRecord<>(
                    EventTopic.NAME,
                    PARTITION.partition(),
                    offset,
                    receivedAt(offset),
                    TimestampType.LOG_APPEND_TIME,
                    0,
                    0,
                    record.key(),
                    record.value(),
                    record.headers(),
                    Optional.empty()));
        }
        soon().until(() -> tail().reach().end() >= to);
    }

    private void awaitReaderDone() {
        soon().until(() -> consumer.assignment().isEmpty());
    }

    private PartitionTail tail() {
        return ((TailStore) driver.getStateStore(TailStore.NAME)).tail();
    }

    /** What a tail holds, by type and minute. */
    private static List<Total> totals(PartitionTail tail) {
        Selection all =
                new Selection(SHOP, ALL, Collections.emptySortedSet(), millis -> millis / 60_000 * 60, true, false);
        TailTotals totals = new TailTotals(all);
        tail.addFrom(tail.reach().floor(), all, totals);
        return totals.totals();
    }

    private static long counted(PartitionTail tail) {
        return totals(tail).stream()
                .mapToLong(total -> total.measures().events())
                .sum();
    }

    @Test
    void recordsThatComeBeforeTheTailHasBegunAreReadBack() {
        write(List.of("a", "b", "c", "d"));
        deliver(3);
        assertThat(tail().reach()).isEqualTo(Reach.NONE);
        begin(0, 0);
        readBack(0, 3);
        assertThat(tail().isFollowed()).isFalse();
        deliver(1);
        assertThat(tail().reach()).isEqualTo(new Reach(0, 4, receivedAt(3)));
        assertThat(counted(tail())).isEqualTo(4);
        awaitReaderDone();
    }

    @Test
    void topologyCountsFromItsSecondRecordOn() {
        write(List.of("a", "b"));
        begin(0, 0);
        deliver(1);
        assertThat(tail().reach().end())
                .as("between 0 and what was delivered first there could be others")
                .isZero();
        readBack(0, 1);
        deliver(1);
        assertThat(tail().reach().end()).isEqualTo(2);
        assertThat(counted(tail())).isEqualTo(2);
        awaitReaderDone();
    }

    /** The topology delivers some before the tail has begun and the rest after that, while the reader gets anywhere. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "0, 14", "1, 0", "1, 1", "3, 3", "3, 4", "6, 2", "6, 6", "7, 13", "12, 14", "14, 5"})
    void readerAndTopologyTogetherCountEveryEventOnce(int before, int readTo) {
        write(IDS);
        deliver(before);
        begin(0, 0);
        readBack(0, readTo);
        deliver(IDS.size() - before);
        if (tail().isFollowed()) {
            awaitReaderDone();
        } else {
            readBack(readTo, IDS.size());
        }
        assertThat(tail().reach()).isEqualTo(new Reach(0, IDS.size(), receivedAt(IDS.size() - 1)));
        assertThat(counted(tail())).isEqualTo(COUNTED);
    }

    /** What lies before the floor is not counted, and makes what comes after it a duplicate all the same. */
    @Test
    void windowBeforeTheFloorIsRecalled() {
        write(IDS);
        begin(5, 9);
        readBack(5, 9);
        // Of those from 9 on 9 and 10 are further copies, 11 is no event, and 13 is a copy from 7, six before.
        deliver(IDS.size());
        assertThat(tail().reach().floor()).isEqualTo(9);
        assertThat(counted(tail())).isEqualTo(2);
    }

    @Test
    void headersAndReceiveTimesArriveAsTheyWere() {
        log.add(event("a"));
        ProducerRecord<byte[], byte[]> json = new ProducerRecord<>(
                EventTopic.NAME, null, "{\"event_type\":\"order\"}".getBytes(StandardCharsets.UTF_8));
        json.headers()
                .add(EventTopic.TENANT_HEADER, SHOP.name().getBytes(StandardCharsets.UTF_8))
                .add(EventTopic.CONTENT_TYPE_HEADER, EventTopic.JSON.getBytes(StandardCharsets.UTF_8));
        log.add(json);
        log.add(new ProducerRecord<>(
                EventTopic.NAME, event("b").key(), event("b").value()));
        log.add(event("c"));
        begin(0, 0);
        readBack(0, 1);
        deliver(4);
        assertThat(tail().isFollowed()).isTrue();
        // An event without a time of its own has the one it was received at; the one without a tenant is nobody's.
        assertThat(totals(tail()))
                .extracting(
                        Total::group,
                        Total::startEpochSecond,
                        total -> total.measures().events())
                .containsExactly(
                        tuple("click", NOW / 1_000, 1L),
                        tuple("click", NOW / 1_000 + 180, 1L),
                        tuple("order", NOW / 1_000 + 60, 1L));
        assertThat(tail().reach().lastReceivedMillis()).isEqualTo(receivedAt(3));
    }

    @Test
    void taskThatStartsAgainBeginsAgain() {
        write(List.of("a", "b", "c"));
        begin(0, 0);
        readBack(0, 1);
        PartitionTail old = tail();
        driver.close();
        awaitReaderDone();
        driver = new TopologyTestDriver(topology);
        input = input();
        assertThat(tail()).isNotSameAs(old);
        assertThat(tail().reach()).isEqualTo(Reach.NONE);
        begin(0, 0);
        readBack(0, 3);
        assertThat(counted(tail())).isEqualTo(3);
        assertThat(old.reach().end())
                .as("nobody reads for the old one any more")
                .isEqualTo(1);
    }

    /** Streams does so with the store it has, after a failure. */
    @Test
    void storeThatIsOpenedAgainHoldsNothing() {
        TailStore store = new TailStore(TailTopologyTest::emptyTail, reader);
        var context = new MockProcessorContext<Void, Void>().getStateStoreContext();
        store.init(context, store);
        assertThat(store.isOpen()).isTrue();
        PartitionTail old = store.tail();
        store.close();
        assertThat(store.isOpen()).isFalse();
        store.init(context, store);
        assertThat(store.tail()).isNotSameAs(old);
        assertThat(store.tail().reach()).isEqualTo(Reach.NONE);
        assertThat(store.persistent()).isFalse();
    }

    /** As the ends of transactions are: the topology is never told of them, and follows again behind them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void offsetsWithoutRecordsAreReadOn(int without) {
        write(List.of("a", "b", "c", "d", "e", "f"));
        begin(0, 0);
        readBack(0, 1);
        deliver(2);
        awaitReaderDone();
        long end = 2L + without;
        noteEnd(end);
        assertThat(tail().isFollowed()).as("it may be on its way").isTrue();
        noteEnd(end);
        soon().until(() -> consumer.assignment().contains(PARTITION));
        assertThat(consumer.position(PARTITION)).isEqualTo(2);
        // What a consumer does at offsets without a record.
        consumer.seek(PARTITION, end);
        soon().until(() -> tail().reach().end() == end);
        deliver(without);
        assertThat(tail().reach().end()).isEqualTo(end);
        deliver(1);
        assertThat(tail().reach().end()).isEqualTo(end + 1);
        assertThat(counted(tail())).isEqualTo(3);
    }

    private void noteEnd(long end) {
        ends.put(new LogEnds.End(PARTITION.partition(), end, end, LogOfEvents.NOW));
    }

    @Test
    void tailWhoseBeginningWasDeletedMeanwhileBeginsFurtherOn() {
        write(List.of("a", "b", "c", "d", "e", "f"));
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 0L)));
        beginnings.add(new Beginning(0, 0, Optional.empty()));
        begin(4, 4);
        readBack(4, 6);
        assertThat(tail().reach()).isEqualTo(new Reach(4, 6, receivedAt(5)));
        assertThat(counted(tail())).isEqualTo(2);
    }
}
