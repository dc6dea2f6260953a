package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.millrace.address.ServerUrl;
import io.millrace.audit.Account;
import io.millrace.audit.Audit;
import io.millrace.audit.AuditFailure;
import io.millrace.audit.AuditReport;
import io.millrace.audit.AuditTarget;
import io.millrace.audit.AuditTerms;
import io.millrace.audit.Check;
import io.millrace.audit.Finding;
import io.millrace.audit.LogPartition;
import io.millrace.audit.PartitionAccount;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damages a whole store in every way the audit is for, and expects each named, with its size. */
class AuditIT {
    private static final AuditTerms THOROUGH = new AuditTerms(true, Duration.ZERO);

    private static AuditedStore store;

    @BeforeAll
    static void make() {
        store = new AuditedStore();
    }

    @BeforeEach
    void fill() {
        store.fill();
    }

    @Test
    void wholeStoreHasNoDifference() {
        for (AuditTerms terms : List.of(AuditTerms.DEFAULT, THOROUGH, new AuditTerms(true, Duration.ofSeconds(5)))) {
            AuditReport report = store.audit(terms);
            assertThat(report.findings()).isEmpty();
            assertThat(report.notices()).isEmpty();
            assertThat(report.difference()).isZero();
            assertThat(report.partitions()).hasSize(3).first().satisfies(partition -> {
                assertThat(partition.account()).isEqualTo(new Account(100, 80, 5, 3, 2, 10, Account.Removed.NONE));
                assertThat(partition.inKafka()).contains(new PartitionAccount.KafkaRange(0, 100));
                assertThat(partition.lag()).isZero();
            });
        }
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("row deleted", Check.EVENTS, 1, s -> s.delete("events", "partition = 0 AND offset = 10")),
                damage("last rows deleted", Check.EVENTS, 5, s -> s.delete("events", "partition = 1 AND offset >= 35")),
                damage(
                        "minute view short",
                        Check.EVENTS_PER_MINUTE,
                        13,
                        s -> s.delete("events_per_minute", "partition = 1 AND event_type = 'type2'")),
                damage(
                        "hour view short",
                        Check.EVENTS_PER_HOUR,
                        13,
                        s -> s.delete("events_per_hour", "partition = 1 AND event_type = 'type2'")),
                damage(
                        "rows twice",
                        Check.EVENTS,
                        5,
                        s -> s.run("INSERT INTO events SETTINGS insert_deduplicate = 0"
                                + " SELECT * FROM events WHERE partition = 1 AND offset < 5")),
                damage(
                        "insert into the wrong day",
                        Check.EVENTS,
                        3,
                        s -> s.run(
                                "INSERT INTO events SETTINGS insert_deduplicate = 0 SELECT * REPLACE(received_at - 864000 AS received_at)"
                                        + " FROM events WHERE partition = 1 AND offset < 3")),
                damage(
                        "hole in the ledger",
                        Check.GAP,
                        60,
                        s -> s.delete("ledger", "partition = 0 AND kind = 'stored' AND start_offset = 0")),
                damage(
                        "overlap in the ledger",
                        Check.OVERLAP,
                        10,
                        s -> s.ledger(0, "stored", 50, 60, AuditedStore.FIRST_DAY, 0, 10, 0, 0)),
                damage(
                        "row that does not add up",
                        Check.ACCOUNT,
                        1,
                        s -> s.ledger(0, "stored", 0, 60, AuditedStore.FIRST_DAY, 50, 5, 3, 3)),
                damage(
                        "lost row with records",
                        Check.ACCOUNT,
                        2,
                        s -> s.ledger(0, "lost", 90, 100, AuditedStore.SECOND_DAY, 0, 2, 0, 0)),
                damage("dead letter missing", Check.DEAD_LETTERS, 1, s -> s.delete("dead_letters", "offset = 51")),
                damage("dead letter too many", Check.DEAD_LETTERS, 2, s -> s.deadLetters(0, 53, 2)),
                damage("ledger never opened", Check.OPENING, 1, s -> s.delete("ledger", "partition = 2")),
                damage(
                        "ledger opened twice",
                        Check.OPENING,
                        1,
                        s -> s.ledger(0, "opened", 60, 60, AuditedStore.FIRST_DAY, 0, 0, 0, 0)),
                damage(
                        "log truncated",
                        Check.TRUNCATED,
                        25,
                        s -> s.ledger(1, "stored", 40, 65, AuditedStore.SECOND_DAY, 0, 0, 0, 25)),
                damage("records deleted unread", Check.DELETED_UNREAD, 6, s -> {
                    s.delete("ledger", "partition = 2");
                    s.ledger(2, "opened", 4, 4, AuditedStore.FIRST_DAY, 0, 0, 0, 0);
                }),
                damage(
                        "day of events gone without a word",
                        Check.EVENTS,
                        50,
                        s -> s.run("ALTER TABLE events DROP PARTITION '" + AuditedStore.FIRST_DAY + "'")),
                damage(
                        "day of a view gone without a word",
                        Check.EVENTS_PER_MINUTE,
                        50,
                        s -> s.run("ALTER TABLE events_per_minute DROP PARTITION '" + AuditedStore.FIRST_DAY + "'")),
                damage(
                        "rows of no log",
                        Check.STRANGER,
                        4,
                        s -> s.run(
                                "INSERT INTO events SELECT * REPLACE(9999 AS log_id) FROM events WHERE partition = 1 AND offset < 4")));
    }

    private static Arguments damage(String name, Check check, long difference, Consumer<AuditedStore> damage) {
        return argumentSet(name, check, difference, damage);
    }

    @ParameterizedTest
    @MethodSource("damages")
    void damageIsFoundAndNamed(Check check, long difference, Consumer<AuditedStore> damage) {
        damage.accept(store);
        AuditReport report = store.audit(AuditTerms.DEFAULT);
        assertThat(report.findings())
                .filteredOn(finding -> finding.check() == check)
                .singleElement()
                .extracting(Finding::difference)
                .isEqualTo(difference);
        assertThat(report.difference()).isGreaterThanOrEqualTo(difference);
    }

    static Stream<Arguments> hiddenDamages() {
        return Stream.of(
                damage("position twice for one that is missing", Check.POSITION_TWICE, 1, s -> {
                    s.run("INSERT INTO events SETTINGS insert_deduplicate = 0"
                            + " SELECT * FROM events WHERE partition = 1 AND offset = 5");
                    s.delete("events", "partition = 1 AND offset = 4");
                }),
                damage("event twice", Check.EVENT_TWICE, 1, s -> {
                    s.run("INSERT INTO events SETTINGS insert_deduplicate = 0 SELECT * REPLACE(7 AS offset)"
                            + " FROM (SELECT * FROM events WHERE partition = 1 AND offset = 3)");
                    // Of two rows at one offset, the one that was there.
                    s.delete("events", "partition = 1 AND offset = 7 AND user_id = '7'");
                }),
                damage(
                        "view with a wrong sum",
                        Check.VIEW_SUMS,
                        1,
                        s -> s.run("ALTER TABLE events_per_hour UPDATE amount_sum = amount_sum + toDecimal128(1, 6)"
                                + " WHERE partition = 1 AND tenant = 'shop' AND event_type = 'type0'"
                                + " SETTINGS mutations_sync = 2")));
    }

    @ParameterizedTest
    @MethodSource("hiddenDamages")
    void damageThatLeavesTheCountsIsFoundByReadingTheRows(Check check, long difference, Consumer<AuditedStore> damage) {
        damage.accept(store);
        assertThat(store.audit(AuditTerms.DEFAULT).findings()).isEmpty();
        assertThat(store.audit(THOROUGH).findings())
                .filteredOn(finding -> finding.check() == check)
                .singleElement()
                .extracting(Finding::difference)
                .isEqualTo(difference);
    }

    @Test
    void whatIsNotStoredYetIsLagAndOnlyAfterAWaitADifference() {
        store.delete("ledger", "partition = 1 AND kind = 'stored'");
        AuditReport report = store.audit(AuditTerms.DEFAULT);
        assertThat(report.findings()).isEmpty();
        assertThat(report.notices()).hasSize(3).first().asString().startsWith("40 rows of events are above");
        assertThat(report.partitions())
                .filteredOn(partition -> partition.place().equals(new LogPartition(store.logId(), 1)))
                .singleElement()
                .extracting(PartitionAccount::lag)
                .isEqualTo(40L);

        store.run("TRUNCATE TABLE events");
        store.fill();
        store.delete("ledger", "partition = 1 AND kind = 'stored'");
        for (String table : List.of("events", "events_per_minute", "events_per_hour")) {
            store.delete(table, "partition = 1");
        }
        assertThat(store.audit(new AuditTerms(false, Duration.ofMillis(300))).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo(Check.NOT_STORED);
                    assertThat(finding.difference()).isEqualTo(40);
                });
    }

    @Test
    void damageBelowRowsInFlightIsFoundAllTheSame() {
        store.events(1, 40, 5, AuditedStore.SECOND_DAY);
        store.delete("events", "partition = 1 AND offset = 10");
        assertThat(store.audit(AuditTerms.DEFAULT).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString())
                        .isEqualTo("events: partition " + store.logId() + "-1, received on " + AuditedStore.SECOND_DAY
                                + ": 39 rows where the ledger says 40, 1 too few"));
    }

    @Test
    void whatRetentionTookAwayIsAccountedFor() {
        store.ledger(0, "expired", 0, 50, AuditedStore.FIRST_DAY, 50, 0, 0, 0);
        assertThat(store.audit(THOROUGH).findings()).isEmpty();
        assertThat(store.audit(THOROUGH).notices())
                .singleElement()
                .asString()
                .startsWith("50 rows of events have expired and are not dropped yet");

        store.run("ALTER TABLE events DROP PARTITION '" + AuditedStore.FIRST_DAY + "'");
        assertThat(store.audit(THOROUGH).findings()).isEmpty();
        for (String table : List.of("events_per_minute", "dead_letters")) {
            store.run("ALTER TABLE " + table + " DROP PARTITION '" + AuditedStore.FIRST_DAY + "'");
        }
        assertThat(store.audit(AuditTerms.DEFAULT).findings())
                .extracting(Finding::check)
                .containsExactlyInAnyOrder(Check.EVENTS_PER_MINUTE, Check.DEAD_LETTERS);
        store.floor("minute_floor", AuditedStore.SECOND_DAY);
        store.floor("dead_letters_floor", AuditedStore.SECOND_DAY);
        AuditReport report = store.audit(THOROUGH);
        assertThat(report.findings()).isEmpty();
        assertThat(report.notices()).isEmpty();
        assertThat(report.partitions().getFirst().account().removed().rows()).isEqualTo(50);
    }

    @Test
    void rowsOfADayThatWasDroppedMustNotComeBack() {
        store.ledger(0, "expired", 0, 50, AuditedStore.FIRST_DAY, 50, 0, 0, 0);
        store.control(
                "INSERT INTO retention_runs VALUES (gen_random_uuid(), now(), now(), 'schedule', false, 'succeeded')");
        store.control("INSERT INTO retention_actions SELECT run_id, 'events', '" + AuditedStore.FIRST_DAY
                + "', 50, 1, 'dropped' FROM retention_runs");
        try {
            assertThat(store.audit(AuditTerms.DEFAULT).findings())
                    .singleElement()
                    .extracting(Finding::difference)
                    .isEqualTo(50L);
        } finally {
            store.control("DELETE FROM retention_runs");
        }
    }

    @Test
    void countsWithoutReadingRows() {
        for (String sql : List.of(
                "SELECT toDate(received_at), log_id, partition, max(offset), count() FROM events GROUP BY ALL",
                "SELECT received_day, log_id, partition, max(offset_max), sum(rows) FROM events_per_minute GROUP BY ALL",
                "SELECT received_day, log_id, partition, max(offset_max), sum(rows) FROM events_per_hour GROUP BY ALL")) {
            assertThat(store.query("EXPLAIN " + sql)).contains("(positions)");
        }
    }

    @Test
    void saysWhatIsOutOfReach() {
        AuditTarget target = store.target();
        ServerUrl nowhere = new ServerUrl("http", "u", "p", "127.0.0.1", 1, "x");
        assertThatThrownBy(() -> Audit.run(
                        new AuditTarget(target.kafka(), nowhere, target.postgres(), target.topic()),
                        AuditTerms.DEFAULT))
                .isInstanceOf(AuditFailure.class)
                .hasMessageStartingWith("ClickHouse at http://u@127.0.0.1:1/x: ");
        assertThatThrownBy(() -> Audit.run(
                        new AuditTarget(target.kafka(), target.clickHouse(), nowhere, target.topic()),
                        AuditTerms.DEFAULT))
                .isInstanceOf(AuditFailure.class)
                .hasMessageStartingWith("PostgreSQL at http://u@127.0.0.1:1/x: ");
        assertThatThrownBy(() -> Audit.run(
                        new AuditTarget("127.0.0.1:1", target.clickHouse(), target.postgres(), target.topic()),
                        AuditTerms.DEFAULT))
                .isInstanceOf(AuditFailure.class)
                .hasMessageStartingWith("Kafka at 127.0.0.1:1: ");
    }
}
