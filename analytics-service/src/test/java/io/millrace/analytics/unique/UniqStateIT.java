package io.millrace.analytics.unique;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kit.connection.KafkaConnection;
import io.millrace.kit.connection.PostgresConnection;
import io.millrace.kit.eventlog.EventLogConfiguration;
import io.millrace.kit.installation.UniqueHashKeys;
import io.millrace.kit.installation.UniqueHashKeysConfiguration;
import io.millrace.localstack.LocalStack;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Counts the same users as the real ClickHouse does, and gets the same numbers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UniqStateIT {
    private final LocalStack stack = LocalStack.shared();
    private final UniqTables tables = new UniqTables(stack);
    private final long seed = new Random().nextLong(1L << 62);

    @SpringBootConfiguration
    @Import({
        PostgresConnection.class,
        KafkaConnection.class,
        EventLogConfiguration.class,
        UniqueHashKeysConfiguration.class
    })
    static class Installation {}

    @BeforeAll
    void createTables() {
        tables.run(
                "CREATE TABLE uniq_parts (n UInt64, part UInt8, users AggregateFunction(uniq, UInt64)) ENGINE = Memory");
        tables.run("CREATE TABLE uniq_written (users AggregateFunction(uniq, UInt64)) ENGINE = Memory");
        tables.run("CREATE TABLE uniq_texts (n UInt64, key0 UInt64, key1 UInt64, text String) ENGINE = Memory");
    }

    @AfterAll
    void dropTables() {
        List.of("uniq_parts", "uniq_written", "uniq_texts")
                .forEach(table -> tables.run("DROP TABLE IF EXISTS " + table));
        tables.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 93, 1_000, 60_000, 65_600, 100_000, 1_000_000, 3_000_000})
    void mergedCountIsClickHouses(int users) {
        // Five disjoint parts of the users, two that overlap with all of them, and a state of nobody.
        tables.run("""
                INSERT INTO uniq_parts
                SELECT %1$d, part, uniqState(cityHash64(number, %2$d))
                FROM (SELECT number, arrayJoin([number %% 5, 5 + number %% 3]) AS part FROM numbers(%1$d))
                WHERE part < 7 GROUP BY part
                UNION ALL SELECT %1$d, 7, uniqState(toUInt64(1)) FROM numbers(0)""".formatted(users, seed));
        long expected = tables.number("SELECT uniqMerge(users) AS answer FROM uniq_parts WHERE n = " + users);
        List<UniqState> parts =
                tables.states("SELECT base64Encode(CAST(users AS String)) AS state FROM uniq_parts WHERE n = " + users);

        UniqState merged = merged(parts);
        assertThat(merged.count().users()).as("seed %d", seed).isEqualTo(expected);
        assertThat(merged(parts.reversed()).count()).isEqualTo(merged.count());
        assertThat(UniqState.of(merged.toBytes()).count()).isEqualTo(merged.count());
        assertThat(expected).isBetween((long) (users * 0.97), (long) (users * 1.03));

        write(merged);
        assertThat(tables.number("SELECT finalizeAggregation(users) AS answer FROM uniq_written"))
                .isEqualTo(expected);
        assertThat(tables.number("SELECT uniqMerge(users) AS answer FROM (SELECT users FROM uniq_written"
                        + " UNION ALL SELECT users FROM uniq_parts WHERE n = " + users + ")"))
                .isEqualTo(expected);
    }

    /** As with a live tail: part of the users is in a state of ClickHouse, part comes one by one, some are in both. */
    @ParameterizedTest
    @ValueSource(ints = {60, 50_000, 150_000})
    void usersAddedOneByOneCountAsIfClickHouseHadThem(int users) {
        UniqueHashKeys keys = new UniqueHashKeys(seed, -seed);
        String hash = "sipHash64Keyed((toUInt64(%s), toUInt64(%s)), concat('user-', toString(number)))"
                .formatted(Long.toUnsignedString(seed), Long.toUnsignedString(-seed));
        UniqState state = tables.states("SELECT base64Encode(CAST(uniqState(" + hash + ") AS String)) AS state"
                        + " FROM numbers(" + users / 2 + ")")
                .getFirst();
        UserHash userHash = new UserHash(keys);
        for (int user = users / 3; user < users; user++) {
            byte[] id = ("user-" + user).getBytes(StandardCharsets.UTF_8);
            state.add(userHash.of(id, 0, id.length));
        }
        assertThat(state.count().users())
                .as("seed %d", seed)
                .isEqualTo(tables.number("SELECT uniq(" + hash + ") AS answer FROM numbers(" + users + ")"));
    }

    @Test
    void userHashIsClickHouses() {
        Random random = new Random(seed);
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        List<Long> hashes = new ArrayList<>();
        for (int length = 0; length <= 300; length++) {
            byte[] text = new byte[length];
            random.nextBytes(text);
            UniqueHashKeys keys = new UniqueHashKeys(random.nextLong(), random.nextLong());
            ByteBuffer row = ByteBuffer.allocate(26 + length).order(ByteOrder.LITTLE_ENDIAN);
            row.putLong(length).putLong(keys.key0()).putLong(keys.key1());
            if (length > 127) {
                row.put((byte) ((length & 127) | 128));
            }
            row.put((byte) (length > 127 ? length >> 7 : length)).put(text);
            rows.write(row.array(), 0, row.position());
            hashes.add(new UserHash(keys).of(text, 0, length));
        }
        tables.insertRowBinary("uniq_texts", rows.toByteArray());
        assertThat(tables.rows(
                        "SELECT sipHash64Keyed((key0, key1), text) AS hash FROM uniq_texts ORDER BY n",
                        row -> row.getBigInteger("hash").longValue()))
                .as("seed %d", seed)
                .isEqualTo(hashes);
    }

    /** The states of the views (uniqStateIf, the installation's key) over events with and without a user. */
    @Test
    void statesOfTheViewsHoldTheUsersOfTheirEvents() {
        String tenant = "t-" + UUID.randomUUID();
        tables.run("""
                INSERT INTO events_in
                SELECT '%s', generateUUIDv4(), '', 'visit', toDateTime64('2001-02-03 04:05:00', 3, 'UTC') + number %% 600,
                    toDateTime64('2026-11-20 10:00:00', 3, 'UTC'), if(number %% 7 = 0, '', concat('josé-', toString(number %% 80))),
                    '', '', NULL, map(), 1, 1, number %% 3, number
                FROM numbers(2000)""".formatted(tenant));
        String where = " WHERE tenant = '" + tenant + "'";
        List<UniqState> minutes =
                tables.states("SELECT base64Encode(CAST(users AS String)) AS state FROM events_per_minute" + where);
        UniqState hour = tables.states(
                        "SELECT base64Encode(CAST(uniqMergeState(users) AS String)) AS state FROM events_per_hour"
                                + where)
                .getFirst();
        UserHash userHash = new UserHash(installationKeys());
        UniqState added = new UniqState();
        IntStream.range(0, 2000).filter(i -> i % 7 != 0).forEach(i -> {
            byte[] id = ("josé-" + i % 80).getBytes(StandardCharsets.UTF_8);
            added.add(userHash.of(id, 0, id.length));
        });

        UniqCount expected = new UniqCount(
                tables.number("SELECT uniqExactIf(user_id, user_id != '') AS answer FROM events" + where), true, 0);
        assertThat(minutes).hasSizeGreaterThanOrEqualTo(30);
        assertThat(merged(minutes).count()).isEqualTo(expected);
        assertThat(hour.count()).isEqualTo(expected);
        assertThat(added.count()).isEqualTo(expected);
        hour.merge(added);
        hour.merge(merged(minutes));
        assertThat(hour.count()).isEqualTo(expected);
    }

    private UniqueHashKeys installationKeys() {
        try (var context = new SpringApplicationBuilder(Installation.class)
                .properties(stack.properties())
                .run("--spring.main.web-application-type=none")) {
            return context.getBean(UniqueHashKeys.class);
        }
    }

    private void write(UniqState state) {
        tables.run("TRUNCATE TABLE uniq_written");
        tables.insertRowBinary("uniq_written", state.toBytes());
    }

    private static UniqState merged(List<UniqState> states) {
        UniqState merged = new UniqState();
        states.forEach(merged::merge);
        return merged;
    }
}
