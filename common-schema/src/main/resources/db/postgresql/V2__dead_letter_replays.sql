-- What became of dead letters that were produced again. A row is there before the record is, so that no letter is
-- produced twice: a claim whose end is unknown is decided by looking for the record in the log, from where that ended
-- when the claim was made.
CREATE TABLE dead_letter_replays (
    log_id             integer     NOT NULL,
    partition          integer     NOT NULL,
    log_offset         bigint      NOT NULL,
    state              text        NOT NULL CHECK (state IN ('claimed', 'replayed')),
    claimed_at         timestamptz NOT NULL DEFAULT now(),
    -- Where the record is, or of a claim, from where on it would be.
    to_log_id          integer     NOT NULL,
    to_partition       integer     NOT NULL,
    to_offset          bigint      NOT NULL,
    replayed_at        timestamptz CHECK ((replayed_at IS NULL) = (state = 'claimed')),
    PRIMARY KEY (log_id, partition, log_offset)
);
CREATE INDEX dead_letter_replays_claimed ON dead_letter_replays (claimed_at) WHERE state = 'claimed';
