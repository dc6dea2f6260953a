package io.millrace.consumer.letters;

import io.millrace.log.LogPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which letters are meant; what is null does not matter.
 *
 * @param reason exactly
 * @param tenant exactly; empty means those without a valid one
 * @param from earliest receipt
 * @param to receipt before this
 * @param logId of the log
 * @param partition of the log
 * @param after only letters behind this position, in order of position
 */
record LetterFilter(
        @Nullable String reason,
        @Nullable String tenant,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Integer logId,
        @Nullable Integer partition,
        @Nullable LogPosition after) {

    static final LetterFilter ALL = new LetterFilter(null, null, null, null, null, null, null);

    LetterFilter after(LogPosition position) {
        return new LetterFilter(reason, tenant, from, to, logId, partition, position);
    }

    /** {@return the condition, with places for {@link #parameters}} */
    String sql() {
        List<String> conditions = new ArrayList<>(List.of("1"));
        add(conditions, reason, "reason = {reason:String}");
        add(conditions, tenant, "tenant = {tenant:String}");
        add(conditions, from, "received_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')");
        add(conditions, to, "received_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')");
        add(conditions, logId, "log_id = {log:UInt32}");
        add(conditions, partition, "partition = {partition:UInt16}");
        add(
                conditions,
                after,
                "(log_id, partition, offset) > ({after_log:UInt32}, {after_partition:UInt16}, {after_offset:UInt64})");
        return String.join(" AND ", conditions);
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        put(parameters, "reason", reason);
        put(parameters, "tenant", tenant);
        put(parameters, "from", from == null ? null : from.toEpochMilli());
        put(parameters, "to", to == null ? null : to.toEpochMilli());
        put(parameters, "log", logId);
        put(parameters, "partition", partition);
        if (after != null) {
            parameters.put("after_log", after.logId());
            parameters.put("after_partition", after.partition());
            parameters.put("after_offset", after.offset());
        }
        return parameters;
    }

    private static void add(List<String> conditions, @Nullable Object value, String condition) {
        if (value != null) {
            conditions.add(condition);
        }
    }

    private static void put(Map<String, Object> parameters, String name, @Nullable Object value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }
}
