package io.millrace.cli.door;

import java.io.Serial;

/** A batch could not be settled: the door will never take it, or did not within the patience given. */
public final class DoorException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    DoorException(String message) {
        super(message);
    }
}
