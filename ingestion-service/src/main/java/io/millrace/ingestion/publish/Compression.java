package io.millrace.ingestion.publish;

import java.util.Locale;

/** How batches are compressed; the two of Kafka's that are worth their time. */
enum Compression {
    LZ4,
    ZSTD;

    /** {@return Kafka's name for it} */
    String kafkaName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
