package io.millrace.log;

import io.millrace.event.CloudEvent;
import io.millrace.event.InvalidEventException;
import io.millrace.event.ParsedEvent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent that is spread over a record: its attributes are headers, its data is the value.
 *
 * <p>Source: CloudEvents, "Kafka Protocol Binding for CloudEvents", version 1.0.2, section 3.2.
 */
final class CloudEventRecord {
    private CloudEventRecord() {}

    static ParsedEvent read(ConsumerRecord<byte[], byte[]> record) {
        try {
            CloudEvent event = new CloudEvent();
            String contentType = null;
            for (Header header : record.headers()) {
                String value = text(header);
                if (value != null && header.key().startsWith(EventTopic.CLOUD_EVENT_PREFIX)) {
                    event.set(header.key().substring(EventTopic.CLOUD_EVENT_PREFIX.length()), value);
                } else if (header.key().equals(EventTopic.CONTENT_TYPE_HEADER)) {
                    contentType = value;
                }
            }
            if (record.value() != null) {
                event.setData(record.value(), contentType);
            }
            return event.toEvent();
        } catch (InvalidEventException e) {
            return e.problem();
        }
    }

    private static @Nullable String text(Header header) {
        byte @Nullable [] value = header.value();
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }
}
