package io.millrace.retention.expiry;

import java.util.Map;

/** Where the partitions of the log end. */
public sealed interface LogEnds {
    /**
     * Kafka said.
     *
     * @param nextOffsets by partition
     */
    record Known(Map<Integer, Long> nextOffsets) implements LogEnds {
        public Known {
            nextOffsets = Map.copyOf(nextOffsets);
        }
    }

    /**
     * Kafka did not say, or it is not the log this service knows.
     *
     * @param why for people
     */
    record Unknown(String why) implements LogEnds {}
}
