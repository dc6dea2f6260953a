package io.millrace.localstack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A signal, sent through the shell's own {@code kill}, which every POSIX system has. */
public enum Signal {
    /** Ask to end; PostgreSQL takes it as "once all clients have left". */
    TERM,
    /** As from the keyboard; PostgreSQL takes it as "now, in good order". */
    INT,
    /** End without being asked. */
    KILL,
    /** Freeze. */
    STOP,
    /** Go on after {@link #STOP}. */
    CONT;

    void send(ProcessIdentity process) {
        if (!process.isAlive()) {
            return;
        }
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + name() + " " + process.pid())
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kill.waitFor() != 0 && process.isAlive()) {
                throw new StackException("cannot send SIG" + name() + " to pid " + process.pid() + ": " + answer);
            }
        } catch (IOException e) {
            throw new StackException("cannot run sh to send a signal", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while sending a signal", e);
        }
    }
}
