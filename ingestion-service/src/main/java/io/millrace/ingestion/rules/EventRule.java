package io.millrace.ingestion.rules;

import io.millrace.event.Event;
import io.millrace.event.EventLimits;
import io.millrace.event.InvalidEventException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with a tenant's events of a type: they are dropped; or those are let in that match a schema, and of
 * these one in so many.
 *
 * @param eventType of the events, or {@link #ANY}
 * @param drop whether none is let in
 * @param sampleOneIn of how many that match one is let in, which then counts for all of them; 1 for all
 * @param requirement what they must be, if anything
 */
public record EventRule(
        String eventType,
        boolean drop,
        int sampleOneIn,
        @Nullable Requirement requirement) {
    /** Every type that has no rule of its own. */
    public static final String ANY = "*";

    /** UTF-8 bytes of a schema. */
    public static final int SCHEMA_BYTES_MAX = 64 * 1024;

    /**
     * What events must be.
     *
     * @param schema a JSON Schema as text
     * @param onMismatch what becomes of those that are not
     */
    public record Requirement(String schema, OnMismatch onMismatch) {
        public Requirement {
            if (schema.getBytes(StandardCharsets.UTF_8).length > SCHEMA_BYTES_MAX) {
                throw new IllegalArgumentException("schema is larger than " + SCHEMA_BYTES_MAX + " bytes");
            }
        }
    }

    public EventRule {
        requireType(eventType);
        if (sampleOneIn < 1 || sampleOneIn > EventLimits.WEIGHT_MAX) {
            throw new IllegalArgumentException("sample_one_in must be from 1 to " + EventLimits.WEIGHT_MAX);
        }
        boolean lets = sampleOneIn > 1 || requirement != null;
        if (drop && lets) {
            throw new IllegalArgumentException("what is dropped can be neither sampled nor held against a schema");
        }
        if (!drop && !lets) {
            throw new IllegalArgumentException("drop, sample_one_in (from 2 on) or schema: one of them must be there");
        }
    }

    private static void requireType(String eventType) {
        try {
            var _ = Event.ofType(eventType);
        } catch (InvalidEventException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
