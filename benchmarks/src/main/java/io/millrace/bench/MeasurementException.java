package io.millrace.bench;

import java.io.Serial;

/** A measurement could not be made. */
final class MeasurementException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    MeasurementException(String message) {
        super(message);
    }

    MeasurementException(String message, Throwable cause) {
        super(message, cause);
    }
}
