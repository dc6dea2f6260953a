package io.millrace.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.insert.InsertSettings;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each of these carries a promise; the reasons stand beside them in InsertTerms. */
class InsertTermsTest {
    @Test
    void eventsAreInsertedOnTheseTerms() {
        assertThat(InsertTerms.EVENTS)
                .isEqualTo(Map.ofEntries(
                        Map.entry("async_insert", "0"),
                        Map.entry("max_insert_threads", "1"),
                        Map.entry("min_insert_block_size_rows", "1000000000"),
                        Map.entry("min_insert_block_size_bytes", "0"),
                        Map.entry("min_insert_block_size_rows_for_materialized_views", "1000000000"),
                        Map.entry("min_insert_block_size_bytes_for_materialized_views", "0"),
                        Map.entry("use_strict_insert_block_limits", "0"),
                        Map.entry("parallel_view_processing", "0"),
                        Map.entry("deduplicate_insert", "enable"),
                        Map.entry("deduplicate_insert_select", "force_enable"),
                        Map.entry("deduplicate_blocks_in_dependent_materialized_views", "1"),
                        Map.entry("materialized_views_ignore_errors", "0"),
                        Map.entry("throw_on_max_partitions_per_insert_block", "1"),
                        Map.entry("max_partitions_per_insert_block", "1"),
                        Map.entry("optimize_on_insert", "1")));
    }

    @Test
    void replacingTablesTakeEveryRepetition() {
        assertThat(InsertTerms.REPLACING)
                .isEqualTo(Map.of(
                        "async_insert", "0", "deduplicate_insert", "disable", "deduplicate_insert_select", "disable"));
    }

    @Test
    void settingsCarryTokenAndQueryId() {
        InsertSettings settings = InsertTerms.events("1-5-100-107", "1-5-100-107-x");
        assertThat(settings.getQueryId()).isEqualTo("1-5-100-107-x");
        assertThat(settings.getAllSettings().values()).contains("1-5-100-107", "force_enable");
    }

    @Test
    void lateBlocksAreRefusedByTheClockAtTheBlock() {
        assertThat(InsertTerms.inTime(Instant.ofEpochSecond(17)))
                .isEqualTo(
                        "throwIf(nowInBlock('UTC') >= toDateTime(17, 'UTC'), 'the deadline of this write has passed') = 0");
    }
}
