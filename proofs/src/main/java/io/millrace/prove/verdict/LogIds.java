package io.millrace.prove.verdict;

import io.millrace.event.Event;
import io.millrace.event.EventProtobuf;
import io.millrace.log.EventTopic;
import io.millrace.log.Fate;
import io.millrace.log.LogTerms;
import io.millrace.log.RecordReader;
import io.millrace.log.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The ids of a tenant's events in the log, and how often each is there and counts by the rule that its readers follow. */
public final class LogIds {
    private static final int ANY_LOG = 1;

    private final byte[] tenant;
    private final Map<String, Occurrences> ids = new HashMap<>();

    private LogIds(Tenant tenant) {
        this.tenant = tenant.name().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What the log has of one id.
     *
     * @param records with it
     * @param counted of these
     */
    private record Occurrences(int records, int counted) {
        static final Occurrences NONE = new Occurrences(0, 0);

        Occurrences plus(Occurrences other) {
            return new Occurrences(records + other.records, counted + other.counted);
        }
    }

    /** Reads all committed records of a log with the usual terms, up to where it ends now. */
    public static LogIds read(String servers, Tenant tenant) {
        PlainTopic topic = new PlainTopic(servers);
        List<Long> ends = topic.ends(PlainTopic.COMMITTED);
        LogTerms terms = new LogTerms(
                ANY_LOG,
                ends.size(),
                LogTerms.DUPLICATE_WINDOW_OFFSETS_DEFAULT,
                LogTerms.DUPLICATE_WINDOW_TIME_DEFAULT,
                LogTerms.TIMESTAMP_SKEW_MAX_DEFAULT);
        LogIds found = new LogIds(tenant);
        for (int partition = 0; partition < ends.size(); partition++) {
            RecordReader rule = new RecordReader(terms);
            topic.read(partition, ends.get(partition), record -> found.take(record, rule.read(record)));
        }
        return found;
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Fate fate) {
        if (!Arrays.equals(
                tenant, record.headers().lastHeader(EventTopic.TENANT_HEADER).value())) {
            return;
        }
        if (!(EventProtobuf.decode(record.value()) instanceof Event event) || event.id() == null) {
            throw new IllegalStateException("a record that no door has written: " + fate);
        }
        ids.merge(
                String.valueOf(event.id()), new Occurrences(1, fate instanceof Fate.Stored ? 1 : 0), Occurrences::plus);
    }

    /** How many records have this id. */
    public int records(String id) {
        return ids.getOrDefault(id, Occurrences.NONE).records();
    }

    /** How often it counts. */
    public int counted(String id) {
        return ids.getOrDefault(id, Occurrences.NONE).counted();
    }

    /** All that there are. */
    public Set<String> all() {
        return Set.copyOf(ids.keySet());
    }
}
