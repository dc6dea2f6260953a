package io.millrace.ingestion.publish;

import java.io.Serial;

/** Kafka does not have all events of a request, or did not say so in time. */
public final class PublishFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    PublishFailed(Exception cause) {
        super(cause.toString(), cause, false, false);
    }
}
