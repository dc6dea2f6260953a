-- Services keep keys in memory and are told when one has changed: by its hash, or by an empty text when a tenant was
-- disabled or enabled, which may concern any number of keys. Told at commit, so whoever looks then sees the change.
CREATE FUNCTION tell_key_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM pg_notify('millrace_keys', encode(OLD.key_hash, 'hex'));
    ELSE
        PERFORM pg_notify('millrace_keys', encode(NEW.key_hash, 'hex'));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER api_keys_changed AFTER INSERT OR UPDATE OR DELETE ON api_keys
    FOR EACH ROW EXECUTE FUNCTION tell_key_change();

CREATE FUNCTION tell_tenant_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('millrace_keys', '');
    RETURN NULL;
END $$;
CREATE TRIGGER tenants_changed AFTER UPDATE OF disabled_at ON tenants
    FOR EACH ROW WHEN (OLD.disabled_at IS DISTINCT FROM NEW.disabled_at) EXECUTE FUNCTION tell_tenant_change();
