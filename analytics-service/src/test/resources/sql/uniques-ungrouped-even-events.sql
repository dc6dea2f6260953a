SELECT
    grouping(partition) = 0 AS is_position,
    '' AS name,
    toInt64(toUnixTimestamp(timestamp)) - modulo(toInt64(toUnixTimestamp(timestamp)) - {first_start:Int64}, {width:Int64}) AS start,
    log_id,
    partition,
    sum(weight) AS total_events,
    sumIf(weight, isNotNull(order_amount)) AS total_amount_events,
    sum(ifNull(order_amount, toDecimal128(0, 6)) * toDecimal128(weight, 0)) AS total_amount,
    min(order_amount) AS least_amount,
    max(order_amount) AS largest_amount,
    count() AS total_rows,
    if(is_position, '', base64Encode(CAST(uniqStateIf(sipHash64Keyed(({hash_key0:UInt64}, {hash_key1:UInt64}), user_id), user_id != '') AS String))) AS users_state,
    max(offset) AS highest_offset
FROM events
WHERE tenant = {tenant:String}
    AND timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
GROUP BY GROUPING SETS ((start), (log_id, partition))
ORDER BY is_position, name, start
