package io.millrace.consumer.store;

import com.clickhouse.client.api.insert.InsertSettings;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every insert asks of the server. None of it is a setting of ours, because promises rest on it; all of it is said
 * with each insert, because a server's profile may say otherwise.
 */
final class InsertTerms {
    /** For {@code events_in}: one block makes one part in each of the three tables, at most once per token. */
    static final Map<String, String> EVENTS = Map.ofEntries(
            // On by default since ClickHouse 26.2; it answers before the rows are in a part, and has lost some.
            Map.entry("async_insert", "0"),
            // Several threads would cut the block, a part each.
            Map.entry("max_insert_threads", "1"),
            // Blocks are gathered up to these sizes before they become a part. Never both 0, which means no gathering.
            Map.entry("min_insert_block_size_rows", "1000000000"),
            Map.entry("min_insert_block_size_bytes", "0"),
            Map.entry("min_insert_block_size_rows_for_materialized_views", "1000000000"),
            Map.entry("min_insert_block_size_bytes_for_materialized_views", "0"),
            Map.entry("use_strict_insert_block_limits", "0"),
            // The views one after the other, so that what is missing after a failure is a matter of order.
            Map.entry("parallel_view_processing", "0"),
            // The token counts in every table behind the views.
            Map.entry("deduplicate_insert", "enable"),
            Map.entry("deduplicate_insert_select", "force_enable"),
            Map.entry("deduplicate_blocks_in_dependent_materialized_views", "1"),
            // A view that fails must fail the insert.
            Map.entry("materialized_views_ignore_errors", "0"),
            // A range lies within one day of receipt, and so in one partition of every table: the server checks it.
            Map.entry("throw_on_max_partitions_per_insert_block", "1"),
            Map.entry("max_partitions_per_insert_block", "1"),
            Map.entry("optimize_on_insert", "1"));

    /**
     * For tables in which a row replaces its earlier self: written again, nothing is counted twice, so nothing must be
     * kept from being written again.
     */
    static final Map<String, String> REPLACING =
            Map.of("async_insert", "0", "deduplicate_insert", "disable", "deduplicate_insert_select", "disable");

    /** Of a statement that reads what it writes, blocks as large as they come, in the order of one thread. */
    private static final Map<String, String> SELECT = Map.of("max_threads", "1", "optimize_use_projections", "0");

    private InsertTerms() {}

    /** For events, in {@code events_in} or one of the tables behind it. */
    static InsertSettings events(String token, String queryId) {
        return with(EVENTS, queryId).setDeduplicationToken(token);
    }

    static InsertSettings replacing(String queryId) {
        return with(REPLACING, queryId);
    }

    /** For {@code INSERT … SELECT} from {@code events} into a view's table. */
    static Map<String, String> select(String token) {
        Map<String, String> terms = new TreeMap<>(EVENTS);
        terms.putAll(SELECT);
        terms.put("insert_deduplication_token", token);
        return terms;
    }

    /** The condition that the server checks on each block: it is not too late. */
    static String inTime(Instant deadline) {
        // Not now(), which stands still from the start of a query, whose rows may arrive much later.
        return "throwIf(nowInBlock('UTC') >= toDateTime(%d, 'UTC'), 'the deadline of this write has passed') = 0"
                .formatted(deadline.getEpochSecond());
    }

    private static InsertSettings with(Map<String, String> terms, String queryId) {
        InsertSettings settings = new InsertSettings().setQueryId(queryId);
        new TreeMap<>(terms).forEach(settings::serverSetting);
        return settings;
    }
}
