package io.millrace.ingestion.publish;

import io.millrace.event.Event;
import io.millrace.log.EventRecords;
import io.millrace.log.Tenant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What one request puts into the log.
 *
 * @param events each with an id
 * @param marked the same of those that are to be dead letters
 */
public record Shipment(Tenant tenant, List<Event> events, List<MarkedEvent> marked) {
    public Shipment {
        events = List.copyOf(events);
        marked = List.copyOf(marked);
    }

    /** {@return how many records it is} */
    public int size() {
        return events.size() + marked.size();
    }

    ProducerRecord<byte[], byte[]> record(String topic, int index) {
        if (index < events.size()) {
            return EventRecords.of(topic, tenant, events.get(index));
        }
        MarkedEvent last = marked.get(index - events.size());
        return EventRecords.of(topic, tenant, last.event(), last.mark());
    }
}
