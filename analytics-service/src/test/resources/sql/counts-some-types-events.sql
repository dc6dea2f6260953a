SELECT
    grouping(partition) = 0 AS is_position,
    event_type AS name,
    toInt64(0) AS start,
    log_id,
    partition,
    sum(weight) AS total_events,
    sumIf(weight, isNotNull(order_amount)) AS total_amount_events,
    sum(ifNull(order_amount, toDecimal128(0, 6)) * toDecimal128(weight, 0)) AS total_amount,
    min(order_amount) AS least_amount,
    max(order_amount) AS largest_amount,
    count() AS total_rows,
    max(offset) AS highest_offset
FROM events
WHERE tenant = {tenant:String}
    AND timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    AND event_type IN {event_types:Array(String)}
GROUP BY GROUPING SETS ((event_type), (log_id, partition))
ORDER BY is_position, name, start
