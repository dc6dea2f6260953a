package io.millrace.kit.access;

import io.millrace.kit.connection.PostgresListener;

/** Forgets keys as soon as the database tells that they have changed. */
final class KeyChanges implements PostgresListener {
    private final KeyCache keys;
    private final KeyLookup lookup;

    KeyChanges(KeyCache keys, KeyLookup lookup) {
        this.keys = keys;
        this.lookup = lookup;
    }

    /** As {@code V4__key_changes.sql} has it. */
    @Override
    public String channel() {
        return "millrace_keys";
    }

    /** The hash of a key; of any number of keys when it is empty. */
    @Override
    public void told(String payload) {
        if (payload.isEmpty()) {
            keys.doubtAll();
        } else {
            keys.doubt(payload);
        }
    }

    @Override
    public void listening() {
        // First, or a key that was revoked meanwhile would be served until the breaker closes by itself.
        lookup.databaseIsThere();
        keys.doubtAll();
    }
}
