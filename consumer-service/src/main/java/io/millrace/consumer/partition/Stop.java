package io.millrace.consumer.partition;

/**
 * Why a partition is stopped: going on would mean to guess.
 *
 * @param message what was found and what to do; for the log
 */
record Stop(Reason reason, String message) {

    /** The stable codes. */
    enum Reason {
        LEDGER_MISSING("ledger_missing"),
        TOPIC_REPLACED("topic_replaced"),
        RECORDS_GONE("records_gone"),
        LOG_TRUNCATED("log_truncated"),
        UNEXPLAINED("unexplained"),
        UNKNOWN_VERSION("unknown_version"),
        NO_RECEIPT_TIME("no_receipt_time"),
        HISTORY_GONE("history_gone");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}
