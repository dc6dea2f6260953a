package io.millrace.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Judges options' values, so that a wrong one is answered with the command's usage. */
final class Arguments {
    private Arguments() {}

    static int within(CommandSpec spec, String option, int value, int min, int max) {
        return (int) within(spec, option, (long) value, min, max);
    }

    static long within(CommandSpec spec, String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new ParameterException(spec.commandLine(), option + " is " + min + " to " + max + ", not " + value);
        }
        return value;
    }

    /** The value that the text makes, its own complaint becoming the command's. */
    static <T> T valid(CommandSpec spec, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
