package io.millrace.consumer.partition;

import java.util.Locale;

/** What a partition that this process owns is doing. */
enum PartitionState {
    /** Its ledger is being read. */
    OPENING,
    /** It is read and stored. */
    RUNNING,
    /** A server makes trouble; it is tried again, and the partition is not read meanwhile. */
    RETRYING,
    /** Something needs a person. It stays so until the process is started anew or another one gets the partition. */
    STOPPED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
