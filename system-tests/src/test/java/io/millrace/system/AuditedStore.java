package io.millrace.system;

import io.millrace.address.ServerUrl;
import io.millrace.audit.Audit;
import io.millrace.audit.AuditReport;
import io.millrace.audit.AuditTarget;
import io.millrace.audit.AuditTerms;
import io.millrace.localstack.LocalStack;
import io.millrace.log.LogTerms;
import io.millrace.migrate.MigrationTarget;
import io.millrace.migrate.Migrator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A small store, whole and known to the row, to be damaged: databases and topic of its own on the shared servers.
 *
 * <p>Partition 0 has 100 offsets in two ranges on two days, with all a ledger can account for; partition 1 has 40
 * events; of partition 2 Kafka had deleted 10 records before the ledger was opened, and nothing is stored.
 */
final class AuditedStore {
    static final String FIRST_DAY = "2026-01-05";
    static final String SECOND_DAY = "2026-01-06";

    private static final String COLUMNS = "(log_id, partition, kind, start_offset, end_offset, received_day, stored,"
            + " duplicates, dead_lettered, skipped, received_from, received_to, leader_epoch, server_started_at,"
            + " recorded_at)";

    private final LocalStack stack = LocalStack.shared();
    private final String name = "a" + UUID.randomUUID().toString().replace("-", "");
    private final ServerUrl postgres = ServerUrl.parse(stack.environment().get("MILLRACE_POSTGRES_URL"));
    private final ServerUrl clickHouse = in(stack.environment().get("MILLRACE_CLICKHOUSE_URL"));
    private final String kafka = stack.environment().get("MILLRACE_KAFKA");
    private final LogTerms log;

    AuditedStore() {
        try (Connection connection = postgres(postgres.database());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            MigrationTarget.Topic topic = new MigrationTarget.Topic(
                    name,
                    3,
                    (short) -1,
                    LogTerms.DUPLICATE_WINDOW_OFFSETS_DEFAULT,
                    LogTerms.DUPLICATE_WINDOW_TIME_DEFAULT,
                    LogTerms.TIMESTAMP_SKEW_MAX_DEFAULT);
            log = Migrator.migrate(new MigrationTarget(
                    kafka, clickHouse, in(stack.environment().get("MILLRACE_POSTGRES_URL")), topic, ""));
            fillTopic();
        } catch (SQLException | ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void fillTopic() throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka), new ByteArraySerializer(), new ByteArraySerializer());
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            int[] records = {100, 40, 10};
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int partition = 0; partition < records.length; partition++) {
                for (int i = 0; i < records[partition]; i++) {
                    sent.add(producer.send(new ProducerRecord<>(name, partition, null, new byte[1])));
                }
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
            admin.deleteRecords(Map.of(new TopicPartition(name, 2), RecordsToDelete.beforeOffset(10)))
                    .all()
                    .get();
        }
    }

    /** Makes it whole again. */
    void fill() {
        for (String table : List.of("events", "events_per_minute", "events_per_hour", "dead_letters", "ledger")) {
            run("TRUNCATE TABLE " + table);
        }
        run("ALTER TABLE storage_state DELETE WHERE name LIKE '%floor' SETTINGS mutations_sync = 2");
        ledger(0, "opened", 0, 0, FIRST_DAY, 0, 0, 0, 0);
        ledger(1, "opened", 0, 0, FIRST_DAY, 0, 0, 0, 0);
        ledger(2, "opened", 10, 10, FIRST_DAY, 0, 0, 0, 0);
        events(0, 0, 50, FIRST_DAY);
        deadLetters(0, 50, 3);
        ledger(0, "stored", 0, 60, FIRST_DAY, 50, 5, 3, 2);
        events(0, 60, 30, SECOND_DAY);
        ledger(0, "stored", 60, 90, SECOND_DAY, 30, 0, 0, 0);
        ledger(0, "lost", 90, 100, SECOND_DAY, 0, 0, 0, 0);
        events(1, 0, 40, SECOND_DAY);
        ledger(1, "stored", 0, 40, SECOND_DAY, 40, 0, 0, 0);
    }

    /** Rows as one insert of the consumer's would make them. */
    void events(int partition, long start, int rows, String day) {
        run("""
                INSERT INTO events_in (tenant, event_id, event_type, timestamp, received_at, user_id, order_amount,
                    weight, log_id, partition, offset) SETTINGS insert_deduplicate = 0
                SELECT if(number %% 4 = 0, 'shop', 'mall'), generateUUIDv4(), concat('type', toString(number %% 3)),
                    toDateTime64('2026-01-01 12:00:00', 3, 'UTC') + number * 17,
                    toDateTime64('%s 12:00:00', 3, 'UTC'), toString(number),
                    if(number %% 2 = 0, toDecimal64(number, 6) / 4, NULL), 1 + number %% 3, %d, %d, %d + number
                FROM numbers(%d)""".formatted(day, log.logId(), partition, start, rows));
    }

    void deadLetters(int partition, long start, int rows) {
        run("""
                INSERT INTO dead_letters (log_id, partition, offset, received_at, reason, recorded_at)
                SELECT %d, %d, %d + number, toDateTime64('%s 12:00:00', 3, 'UTC'), 'json_invalid', now64(3)
                FROM numbers(%d)""".formatted(log.logId(), partition, start, FIRST_DAY, rows));
    }

    /** A row of the ledger; counts are stored, duplicates, dead letters, skipped. */
    void ledger(int partition, String kind, long start, long end, String day, long... counts) {
        run("INSERT INTO ledger " + COLUMNS
                + " SELECT %d, %d, '%s', %d, %d, '%s', %d, %d, %d, %d,"
                        .formatted(
                                log.logId(),
                                partition,
                                kind,
                                start,
                                end,
                                day,
                                counts[0],
                                counts[1],
                                counts[2],
                                counts[3])
                + " now64(3), now64(3), -1, now(), now64(3)");
    }

    void floor(String floor, String dayAfter) {
        run(
                "INSERT INTO storage_state VALUES ('%s', toUnixTimestamp(toDateTime('%s 01:00:00', 'UTC')) * 1000, now64(6))"
                        .formatted(floor, dayAfter));
    }

    void delete(String table, String where) {
        run("ALTER TABLE " + table + " DELETE WHERE " + where + " SETTINGS mutations_sync = 2");
    }

    void run(String sql) {
        query(sql);
    }

    String query(String sql) {
        Http.Answer answer = Http.clickHouse(
                "http://%s:%s@%s:%d/?database=%s"
                        .formatted(
                                clickHouse.user(), clickHouse.password(), clickHouse.host(), clickHouse.port(), name),
                sql);
        if (answer.status() != 200) {
            throw new AssertionError(answer.text());
        }
        return answer.text();
    }

    void control(String sql) {
        try (Connection connection = postgres(name);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    AuditReport audit(AuditTerms terms) {
        return Audit.run(target(), terms);
    }

    AuditTarget target() {
        return new AuditTarget(kafka, clickHouse, in(stack.environment().get("MILLRACE_POSTGRES_URL")), name);
    }

    int logId() {
        return log.logId();
    }

    private ServerUrl in(String url) {
        ServerUrl server = ServerUrl.parse(url);
        return new ServerUrl(server.scheme(), server.user(), server.password(), server.host(), server.port(), name);
    }

    private Connection postgres(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(postgres.host(), postgres.port(), database),
                postgres.user(),
                postgres.password());
    }
}
