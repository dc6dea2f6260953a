package io.millrace.localstack.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.PrivateStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ClickHouse with its cold disk in the S3 server, which is started before it. */
class StorageTiersIT {
    @RegisterExtension
    static final PrivateStack STACK = new PrivateStack("tiers", Part.S3, Part.CLICKHOUSE);

    @Test
    void movedPartsLieInTheBucketSurviveARestartAndLeaveWhenDropped() throws IOException, InterruptedException {
        LocalStack stack = LocalStack.of(STACK.plan().withS3Disk());
        stack.stop();
        stack.start();
        Sql sql = new Sql(ServerUrl.parse(stack.clickHouse().url()));
        sql.ask("CREATE TABLE cooled (n Int64) ENGINE = MergeTree ORDER BY n SETTINGS storage_policy = 'tiered'");
        sql.ask("INSERT INTO cooled SELECT number FROM numbers(100000)");
        assertThat(objects()).isZero();
        sql.ask("ALTER TABLE cooled MOVE PARTITION tuple() TO VOLUME 'cold'");
        assertThat(objects()).isPositive();

        stack.stop();
        stack.start();
        assertThat(sql.ask("SELECT sum(n) FROM cooled")).isEqualTo("4999950000");
        sql.ask("DROP TABLE cooled SYNC");
        Awaitility.await().untilAsserted(() -> assertThat(objects()).isZero());
    }

    @Test
    void bucketIsReadAndWrittenByTableFunction() throws IOException, InterruptedException {
        LocalStack stack = STACK.stack();
        ServerUrl bucket = ServerUrl.parse(stack.s3().url());
        Sql sql = new Sql(ServerUrl.parse(stack.clickHouse().url()));
        String file = "s3('http://127.0.0.1:%d/%s/exported.csv', '%s', '%s', 'CSV', 'n Int64')"
                .formatted(bucket.port(), bucket.database(), bucket.user(), bucket.password());
        sql.ask("INSERT INTO FUNCTION " + file + " SELECT number FROM numbers(10) SETTINGS s3_truncate_on_insert = 1");
        assertThat(sql.ask("SELECT sum(n) FROM " + file)).isEqualTo("45");
    }

    private static long objects() throws IOException {
        Path tier = STACK.folder().data(Part.S3).resolve("objects/millrace/clickhouse");
        if (!Files.exists(tier)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(tier)) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
