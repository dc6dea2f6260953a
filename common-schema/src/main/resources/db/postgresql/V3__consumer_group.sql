-- The one consumer group that stores a log, written by its first member. A second group would insert ranges of its own
-- into the same tables, which no token and no fence of the first would stop.
ALTER TABLE logs ADD COLUMN consumer_group text;
