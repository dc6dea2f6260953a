-- What the door does with events before it takes them, per tenant and event type.
CREATE TABLE event_rules (
    tenant        text        NOT NULL REFERENCES tenants,
    -- '*' is every type that has no rule of its own.
    event_type    text        NOT NULL CHECK (event_type <> ''),
    drop_events   boolean     NOT NULL,
    -- Of so many one is kept.
    sample_one_in integer     NOT NULL CHECK (sample_one_in BETWEEN 1 AND 1000000),
    -- As sent, in draft 2020-12.
    json_schema   text,
    on_mismatch   text CHECK (on_mismatch IN ('reject', 'dead_letter')),
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, event_type),
    CHECK ((json_schema IS NULL) = (on_mismatch IS NULL)),
    CHECK (drop_events <> (sample_one_in > 1 OR json_schema IS NOT NULL))
);

-- Doors keep all rules in memory and read them again when they are told. Told at commit.
CREATE FUNCTION tell_rule_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('millrace_rules', '');
    RETURN NULL;
END $$;
CREATE TRIGGER event_rules_changed AFTER INSERT OR UPDATE OR DELETE ON event_rules
    FOR EACH STATEMENT EXECUTE FUNCTION tell_rule_change();
