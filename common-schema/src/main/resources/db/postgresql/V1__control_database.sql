-- The control database: what the services know that is not in the log.

CREATE TABLE tenants (
    tenant      text PRIMARY KEY CHECK (tenant ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
    name        text        NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz
);

-- Keys are random and long, so a plain SHA-256 is enough to keep them unreadable here.
CREATE TABLE api_keys (
    id         uuid PRIMARY KEY,
    tenant     text        NOT NULL REFERENCES tenants,
    key_hash   bytea       NOT NULL UNIQUE CHECK (length(key_hash) = 32),
    key_prefix text        NOT NULL,
    label      text        NOT NULL DEFAULT '',
    scopes     text[]      NOT NULL CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['ingest', 'query', 'admin']),
    origins    text[]      NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_keys_tenant ON api_keys (tenant);

-- One row per incarnation of the topic. Its small number stands wherever an offset does; what is fixed here decides
-- the fate of its records and is never updated.
CREATE TABLE logs (
    log_id                        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic                         text        NOT NULL,
    topic_id                      text        NOT NULL,
    partitions                    integer     NOT NULL CHECK (partitions BETWEEN 1 AND 65536),
    duplicate_window_offsets      bigint      NOT NULL CHECK (duplicate_window_offsets > 0),
    duplicate_window_time_seconds bigint      NOT NULL CHECK (duplicate_window_time_seconds > 0),
    timestamp_skew_max_seconds    bigint      NOT NULL CHECK (timestamp_skew_max_seconds >= 0),
    created_at                    timestamptz NOT NULL DEFAULT now(),
    UNIQUE (topic_id, partitions)
);

-- What this installation chose once. The key makes the hashes behind unique counts its own; the views hold it too.
CREATE TABLE installation (
    only_row         boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    unique_hash_key0 bigint      NOT NULL,
    unique_hash_key1 bigint      NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now()
);

-- How long each kind of data is kept, counted from the UTC day of receipt. No row: for ever.
CREATE TABLE retention_policies (
    data_set   text PRIMARY KEY
               CHECK (data_set IN ('events', 'events_per_minute', 'events_per_hour', 'dead_letters')),
    keep_days  integer     NOT NULL CHECK (keep_days BETWEEN 1 AND 36500),
    updated_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO retention_policies (data_set, keep_days) VALUES ('events_per_minute', 7);

CREATE TABLE retention_runs (
    run_id        uuid PRIMARY KEY,
    started_at    timestamptz NOT NULL,
    finished_at   timestamptz,
    started_by    text        NOT NULL CHECK (started_by IN ('schedule', 'request')),
    dry_run       boolean     NOT NULL,
    outcome       text        NOT NULL CHECK (outcome IN ('running', 'succeeded', 'failed', 'interrupted')),
    error         text
);
CREATE INDEX retention_runs_started_at ON retention_runs (started_at DESC);

CREATE TABLE retention_actions (
    run_id   uuid    NOT NULL REFERENCES retention_runs ON DELETE CASCADE,
    data_set text    NOT NULL,
    day      date    NOT NULL,
    rows     bigint  NOT NULL,
    bytes    bigint  NOT NULL,
    state    text    NOT NULL CHECK (state IN ('would_drop', 'dropping', 'dropped', 'skipped')),
    reason   text,
    PRIMARY KEY (run_id, data_set, day)
);

CREATE TABLE circuit_breaker_events (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    service    text        NOT NULL,
    instance   text        NOT NULL,
    breaker    text        NOT NULL,
    from_state text        NOT NULL,
    to_state   text        NOT NULL,
    occurred_at timestamptz NOT NULL
);
CREATE INDEX circuit_breaker_events_occurred_at ON circuit_breaker_events (occurred_at DESC);
