SELECT
    grouping(partition) = 0 AS is_position,
    event_type AS name,
    roundDown(toInt64(toUnixTimestamp(hour)), arrayFlatten(arrayMap(
        (run, points) -> range(run, run + points * {width:Int64}, {width:Int64}),
        {run_starts:Array(Int64)}, {run_points:Array(Int64)}))) AS start,
    log_id,
    partition,
    sum(events) AS total_events,
    sum(amount_events) AS total_amount_events,
    sum(amount_sum) AS total_amount,
    min(amount_min) AS least_amount,
    max(amount_max) AS largest_amount,
    sum(rows) AS total_rows,
    max(offset_max) AS highest_offset
FROM events_per_hour
WHERE tenant = {tenant:String}
    AND hour >= toDateTime({from:UInt32}, 'UTC') AND hour < toDateTime({to:UInt32}, 'UTC')
GROUP BY GROUPING SETS ((event_type, start), (log_id, partition))
ORDER BY is_position, name, start
