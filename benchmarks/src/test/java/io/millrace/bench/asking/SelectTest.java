package io.millrace.bench.asking;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.Checkout;
import io.millrace.log.PositionVector;
import io.millrace.log.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectTest {
    private static final Tenant TENANT = new Tenant("demo");
    private static final Instant TO = Instant.parse("2026-11-20T11:00:00Z");

    /** Without it, a peer that reads more than it has to, or other columns, would flatter us. */
    @ParameterizedTest
    @CsvSource({
        "counts-hours, HOURS, ONE",
        "counts-minutes, MINUTES, ONE",
        "counts-events, SECONDS, ONE",
        "timeseries-even-hours, HOURS, HOURS",
        "timeseries-even-minutes, HOURS, MINUTES",
        "timeseries-even-events, SECONDS, MINUTES"
    })
    void clickHouseIsAskedWhatTheAnalyticsServiceReads(String file, ChronoUnit alignment, Points points)
            throws IOException {
        Instant from = TO.minus(1, ChronoUnit.DAYS).plus(1, alignment);
        Select select = Select.straight(new Question(from, TO, points), TENANT);
        assertThat(select.text()).isEqualTo(withoutPosition(golden(file)));
    }

    @Test
    void recountReadsEventsBelowThePositionOnly() {
        Question question = new Question(TO.minus(1, ChronoUnit.HOURS), TO, Points.MINUTES);
        PositionVector position = new PositionVector(7, new TreeMap<>(Map.of(0, 10L, 2, 30L)));
        Select select = Select.recount(question, TENANT, position);
        assertThat(select.text())
                .contains("FROM events\n")
                .contains(
                        "AND log_id = {log_id:UInt32} AND offset < arrayElement({ends:Array(UInt64)}, partition + 1)\n");
        assertThat(select.parameters())
                .containsEntry("log_id", "7")
                .containsEntry("ends", "[10,0,30]")
                .containsEntry("from", "1795168800000")
                .containsEntry("to", "1795172400000")
                .containsEntry("first_start", "1795168800")
                .containsEntry("width", "60")
                .containsEntry("tenant", "demo");
    }

    @Test
    void positionOfAnEmptyLogHasNothingBelow() {
        Question question = new Question(TO, TO, Points.ONE);
        Select select = Select.recount(question, TENANT, new PositionVector(1, new TreeMap<>()));
        assertThat(select.parameters()).containsEntry("ends", "[]").doesNotContainKey("width");
    }

    private static String golden(String file) throws IOException {
        Path folder = Path.of("analytics-service", "src", "test", "resources", "sql");
        return Files.readString(Checkout.find().root().resolve(folder).resolve(file + ".sql"));
    }

    /** What a question needs beside its numbers is for joining them with live events. */
    private static String withoutPosition(String sql) {
        return sql.replaceAll("    grouping\\(partition\\) = 0 AS is_position,\n|    log_id,\n    partition,\n", "")
                .replaceAll(",\n    max\\(\\w+\\) AS highest_offset\n", "\n")
                .replaceAll("GROUPING SETS \\(\\(([^)]*)\\), \\(log_id, partition\\)\\)", "$1")
                .replace("ORDER BY is_position, ", "ORDER BY ");
    }
}
