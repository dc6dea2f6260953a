package io.millrace.localstack.postgres;

import io.millrace.localstack.process.StackException;
import io.millrace.localstack.process.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL refuses to run as root. When we are root, a user namespace of its own makes it run as nobody there, while
 * its files still belong to root outside.
 */
final class RootlessUser {
    private RootlessUser() {}

    /** The command as it has to be run by the present user. */
    static List<String> words(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        Path unshare = Tools.find("unshare").orElseThrow(RootlessUser::impossible);
        if (!answers(List.of(unshare.toString(), "-U", "id", "-u")).matches("[1-9][0-9]*")) {
            throw impossible();
        }
        // unshare replaces itself by the program, so the pid is the program's.
        return Stream.concat(Stream.of(unshare.toString(), "-U"), command.stream())
                .toList();
    }

    private static boolean isRoot() {
        return answers(List.of("id", "-u")).equals("0");
    }

    private static StackException impossible() {
        return new StackException("PostgreSQL does not run as root, and this system lets root make no user namespace "
                + "(unshare -U). Run Millrace as an ordinary user, or name a running PostgreSQL with "
                + "MILLRACE_EXTERNAL_POSTGRES.");
    }

    private static String answers(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? said : "";
        } catch (IOException e) {
            throw new StackException("cannot run " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while running " + command.getFirst(), e);
        }
    }
}
