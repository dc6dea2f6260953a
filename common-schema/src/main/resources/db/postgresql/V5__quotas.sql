-- What a tenant may send, over all instances of the door together. No row: what the service's settings say.
CREATE TABLE tenant_quotas (
    tenant            text PRIMARY KEY REFERENCES tenants,
    events_per_second bigint CHECK (events_per_second BETWEEN 1 AND 1000000000),
    bytes_per_second  bigint CHECK (bytes_per_second BETWEEN 1 AND 1000000000000),
    burst_seconds     integer     NOT NULL CHECK (burst_seconds BETWEEN 1 AND 3600),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    CHECK (events_per_second IS NOT NULL OR bytes_per_second IS NOT NULL)
);

-- There are few of them, so whoever hears of a change reads them all.
CREATE FUNCTION tell_quota_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('millrace_quotas', '');
    RETURN NULL;
END $$;
CREATE TRIGGER tenant_quotas_changed AFTER INSERT OR UPDATE OR DELETE ON tenant_quotas
    FOR EACH STATEMENT EXECUTE FUNCTION tell_quota_change();

-- How much of each quota each instance of the door is asked for. Told anew about once a second, so there is nothing in it
-- that is worth writing twice or that should outlive a crash of the server.
CREATE UNLOGGED TABLE quota_leases (
    tenant            text             NOT NULL,
    instance          uuid             NOT NULL,
    events_per_second double precision NOT NULL,
    bytes_per_second  double precision NOT NULL,
    renewed_at        timestamptz      NOT NULL,
    PRIMARY KEY (tenant, instance)
) WITH (fillfactor = 50);
