package io.millrace.consumer.letters;

import io.millrace.log.EventTopic;
import io.millrace.log.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What is to be set right on letters before they are read again.
 *
 * @param tenant whose they are, for letters whose own header names no tenant; those that name one keep it
 * @param contentType in what form their values are
 * @param unmark whether those that the door marked are events all the same: what their tenant requires may have changed
 */
record Mending(@Nullable Tenant tenant, @Nullable String contentType, boolean unmark) {
    static final Mending NONE = new Mending(null, null, false);
    static final Set<String> CONTENT_TYPES = Set.of(EventTopic.PROTOBUF, EventTopic.JSON);

    Mending {
        if (contentType != null && !CONTENT_TYPES.contains(contentType)) {
            throw new IllegalArgumentException("a content type is one of " + CONTENT_TYPES);
        }
    }

    /** {@return the letter's headers, mended} */
    Headers of(DeadLetter letter) {
        Headers headers = new RecordHeaders(letter.record().headers().toArray());
        // A letter has a tenant only when its header names a valid one.
        if (tenant != null && letter.tenant().isEmpty()) {
            set(headers, EventTopic.TENANT_HEADER, tenant.name());
        }
        if (contentType != null) {
            set(headers, EventTopic.CONTENT_TYPE_HEADER, contentType);
        }
        if (unmark) {
            headers.remove(EventTopic.DEAD_LETTER_HEADER);
        }
        return headers;
    }

    private static void set(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
