package io.millrace.cli.env;

import java.io.Serial;
import java.nio.file.Path;

/** A setting that a command cannot do without has no value. The message says how to give it one. */
public final class MissingSettingException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    MissingSettingException(String name, Path file) {
        super(name + " is not set, and " + file + " does not name it: run 'millrace up' first, or set " + name
                + " in the environment");
    }
}
