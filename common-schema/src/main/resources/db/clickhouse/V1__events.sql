-- Every insert goes here and nothing stays here: one view each fills the three tables below, so that each of them can
-- be verified and repaired alone.
CREATE TABLE IF NOT EXISTS events_in ${on_cluster}
(
    tenant        LowCardinality(String),
    event_id      UUID,
    event_id_text String,
    event_type    LowCardinality(String),
    timestamp     DateTime64(3, 'UTC'),
    received_at   DateTime64(3, 'UTC'),
    user_id       String,
    session_id    String,
    product_id    String,
    order_amount  Nullable(Decimal(18, 6)),
    properties    Map(LowCardinality(String), String),
    weight        UInt32,
    log_id        UInt32,
    partition     UInt16,
    offset        UInt64
)
ENGINE = Null;

-- All tables are partitioned by the UTC day of receipt (the record's LogAppendTime), never by event time: an insert then
-- makes one part however old its events are, and each table is a prefix of each Kafka partition.
CREATE TABLE IF NOT EXISTS events ${on_cluster}
(
    tenant        LowCardinality(String)            COMMENT 'whose event it is',
    event_id      UUID                              COMMENT 'its identity, of an id that is no UUID, a version 8 UUID from its SHA-256' CODEC(ZSTD(1)),
    event_id_text String                            COMMENT 'the id as sent when it is no UUID, else empty' CODEC(ZSTD(1)),
    event_type    LowCardinality(String)            COMMENT 'what happened',
    timestamp     DateTime64(3, 'UTC')              COMMENT 'when it happened, the moment of receipt when not said' CODEC(Delta, ZSTD(1)),
    received_at   DateTime64(3, 'UTC')              COMMENT 'LogAppendTime of the record' CODEC(Delta, ZSTD(1)),
    user_id       String                            CODEC(ZSTD(1)),
    session_id    String                            CODEC(ZSTD(1)),
    product_id    String                            CODEC(ZSTD(1)),
    order_amount  Nullable(Decimal(18, 6))          CODEC(ZSTD(1)),
    properties    Map(LowCardinality(String), String) COMMENT 'strings bare, other values as JSON text' CODEC(ZSTD(1)),
    weight        UInt32                            COMMENT 'how many events this row stands for' CODEC(ZSTD(1)),
    log_id        UInt32                            COMMENT 'incarnation of the topic' CODEC(ZSTD(1)),
    partition     UInt16                            COMMENT 'Kafka partition' CODEC(ZSTD(1)),
    offset        UInt64                            COMMENT 'Kafka offset' CODEC(Delta, ZSTD(1)),
    INDEX timestamp_minmax timestamp TYPE minmax GRANULARITY 1,
    -- How far each Kafka partition is stored, and how many rows of it: verification reads this and not the rows.
    PROJECTION positions
    (
        SELECT toDate(received_at), log_id, partition, max(offset), count()
        GROUP BY toDate(received_at), log_id, partition
    )
)
ENGINE = ${replicated}MergeTree
PARTITION BY toDate(received_at)
ORDER BY (tenant, event_type, timestamp)
SETTINGS ${part_settings};

CREATE TABLE IF NOT EXISTS events_per_minute ${on_cluster}
(
    tenant          LowCardinality(String),
    event_type      LowCardinality(String),
    minute          DateTime('UTC')                 COMMENT 'start of the minute of event time' CODEC(Delta, ZSTD(1)),
    log_id          UInt32,
    partition       UInt16,
    received_day    Date,
    rows            SimpleAggregateFunction(sum, UInt64)          COMMENT 'rows of events',
    events          SimpleAggregateFunction(sum, UInt64)          COMMENT 'events they stand for (weight)',
    amount_events   SimpleAggregateFunction(sum, UInt64)          COMMENT 'of these, how many have an amount',
    amount_sum      SimpleAggregateFunction(sum, Decimal(38, 6))  COMMENT 'sum of amount times weight',
    amount_min      SimpleAggregateFunction(min, Nullable(Decimal(18, 6))),
    amount_max      SimpleAggregateFunction(max, Nullable(Decimal(18, 6))),
    users           AggregateFunction(uniq, UInt64)               COMMENT 'over the keyed 64-bit hash of user_id',
    offset_max      SimpleAggregateFunction(max, UInt64)          COMMENT 'highest Kafka offset among the rows',
    PROJECTION positions
    (
        SELECT received_day, log_id, partition, max(offset_max), sum(rows)
        GROUP BY received_day, log_id, partition
    )
)
ENGINE = ${replicated}AggregatingMergeTree
PARTITION BY received_day
ORDER BY (tenant, event_type, minute, log_id, partition, received_day)
SETTINGS ${part_settings}, deduplicate_merge_projection_mode = 'rebuild';

CREATE TABLE IF NOT EXISTS events_per_hour ${on_cluster}
(
    tenant          LowCardinality(String),
    event_type      LowCardinality(String),
    hour            DateTime('UTC')                 COMMENT 'start of the hour of event time' CODEC(Delta, ZSTD(1)),
    log_id          UInt32,
    partition       UInt16,
    received_day    Date,
    rows            SimpleAggregateFunction(sum, UInt64),
    events          SimpleAggregateFunction(sum, UInt64),
    amount_events   SimpleAggregateFunction(sum, UInt64),
    amount_sum      SimpleAggregateFunction(sum, Decimal(38, 6)),
    amount_min      SimpleAggregateFunction(min, Nullable(Decimal(18, 6))),
    amount_max      SimpleAggregateFunction(max, Nullable(Decimal(18, 6))),
    users           AggregateFunction(uniq, UInt64),
    offset_max      SimpleAggregateFunction(max, UInt64),
    PROJECTION positions
    (
        SELECT received_day, log_id, partition, max(offset_max), sum(rows)
        GROUP BY received_day, log_id, partition
    )
)
ENGINE = ${replicated}AggregatingMergeTree
PARTITION BY received_day
ORDER BY (tenant, event_type, hour, log_id, partition, received_day)
SETTINGS ${part_settings}, deduplicate_merge_projection_mode = 'rebuild';

CREATE MATERIALIZED VIEW IF NOT EXISTS events_in_to_events ${on_cluster} TO events AS
SELECT * FROM events_in;

CREATE MATERIALIZED VIEW IF NOT EXISTS events_in_to_events_per_minute ${on_cluster} TO events_per_minute AS
SELECT
    tenant,
    event_type,
    toStartOfMinute(timestamp) AS minute,
    log_id,
    partition,
    toDate(received_at) AS received_day,
    count() AS rows,
    sum(weight) AS events,
    sumIf(weight, isNotNull(order_amount)) AS amount_events,
    sum(ifNull(order_amount, toDecimal128(0, 6)) * toDecimal128(weight, 0)) AS amount_sum,
    min(order_amount) AS amount_min,
    max(order_amount) AS amount_max,
    uniqStateIf(sipHash64Keyed((toUInt64(${unique_hash_key0}), toUInt64(${unique_hash_key1})), user_id), user_id != '') AS users,
    max(offset) AS offset_max
FROM events_in
GROUP BY tenant, event_type, minute, log_id, partition, received_day;

CREATE MATERIALIZED VIEW IF NOT EXISTS events_in_to_events_per_hour ${on_cluster} TO events_per_hour AS
SELECT
    tenant,
    event_type,
    toStartOfHour(timestamp) AS hour,
    log_id,
    partition,
    toDate(received_at) AS received_day,
    count() AS rows,
    sum(weight) AS events,
    sumIf(weight, isNotNull(order_amount)) AS amount_events,
    sum(ifNull(order_amount, toDecimal128(0, 6)) * toDecimal128(weight, 0)) AS amount_sum,
    min(order_amount) AS amount_min,
    max(order_amount) AS amount_max,
    uniqStateIf(sipHash64Keyed((toUInt64(${unique_hash_key0}), toUInt64(${unique_hash_key1})), user_id), user_id != '') AS users,
    max(offset) AS offset_max
FROM events_in
GROUP BY tenant, event_type, hour, log_id, partition, received_day;
