-- What became of every range of offsets. Rows of kind opened, stored and lost of a partition meet without gap or overlap,
-- where the last of them ends, the partition is stored up to. Written again, a row replaces itself: read with FINAL.
CREATE TABLE IF NOT EXISTS ledger ${on_cluster}
(
    log_id            UInt32,
    partition         UInt16,
    kind              Enum8('opened' = 1, 'stored' = 2, 'lost' = 3, 'expired' = 4, 'erased' = 5, 'archived' = 6, 'restored' = 7),
    start_offset      UInt64,
    end_offset        UInt64               COMMENT 'exclusive',
    received_day      Date                 COMMENT 'UTC day of LogAppendTime of the range',
    stored            UInt64               COMMENT 'rows of events, of an expired, erased or archived range, rows taken out',
    duplicates        UInt64,
    dead_lettered     UInt64,
    skipped           UInt64               COMMENT 'offsets without a record: transaction markers and aborted records',
    received_from     DateTime64(3, 'UTC'),
    received_to       DateTime64(3, 'UTC') COMMENT 'inclusive',
    leader_epoch      Int32                COMMENT 'of the last record, -1 when Kafka did not say',
    server_started_at DateTime('UTC')      COMMENT 'start of the ClickHouse server that stored the range',
    recorded_at       DateTime64(3, 'UTC'),
    -- Where each partition's ledger ends is read before every answer. Ends only grow, so this needs no FINAL.
    PROJECTION ends
    (
        SELECT log_id, partition, kind, max(end_offset), max(received_to)
        GROUP BY log_id, partition, kind
    )
)
ENGINE = ${replicated}ReplacingMergeTree(recorded_at)
PARTITION BY toYYYYMM(received_day)
ORDER BY (log_id, partition, kind, start_offset)
SETTINGS ${part_settings}, deduplicate_merge_projection_mode = 'rebuild';

-- Records that are no events, whole, with the reason. One row a position, however often it is written: read with FINAL.
CREATE TABLE IF NOT EXISTS dead_letters ${on_cluster}
(
    log_id       UInt32,
    partition    UInt16,
    offset       UInt64,
    received_at  DateTime64(3, 'UTC'),
    tenant       LowCardinality(String) COMMENT 'as the header says, empty when it says nothing valid',
    reason       LowCardinality(String) COMMENT 'stable code',
    detail       String CODEC(ZSTD(1)),
    key          String COMMENT 'raw bytes' CODEC(ZSTD(1)),
    value        String COMMENT 'raw bytes' CODEC(ZSTD(3)),
    value_absent Bool                   COMMENT 'a record without a value, which is not one with an empty value',
    headers      Array(Tuple(name String, value String)) CODEC(ZSTD(1)),
    recorded_at  DateTime64(3, 'UTC')
)
ENGINE = ${replicated}ReplacingMergeTree(recorded_at)
PARTITION BY toDate(received_at)
ORDER BY (log_id, partition, offset)
SETTINGS ${part_settings};

-- The numbers by which answers know what they rest on: `generation`, odd while stored days are being replaced, and for
-- each table its floor, the event time in epoch milliseconds below which it may lack events that retention dropped. FINAL.
CREATE TABLE IF NOT EXISTS storage_state ${on_cluster}
(
    name       LowCardinality(String),
    value      Int64,
    changed_at DateTime64(6, 'UTC')
)
ENGINE = ${replicated}ReplacingMergeTree(changed_at)
ORDER BY name
SETTINGS ${part_settings};

INSERT INTO storage_state (name, value, changed_at) VALUES
    ('generation', 0, now64(6)),
    ('events_floor', 0, now64(6)), ('minute_floor', 0, now64(6)), ('hour_floor', 0, now64(6));
