package io.millrace.prove.fault;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * Signals by the system's own call, within microseconds: a shell takes milliseconds to send one, and the states looked for
 * are shorter than that.
 */
@SuppressWarnings("restricted") // calling kill(2) is what this class is for
final class SwiftSignal {
    private static final int SIGKILL = 9;
    private static final int SIGSTOP_LINUX = 19;
    private static final int SIGSTOP_MACOS = 17;

    /** A constant, so that it is compiled into its callers. */
    private static final MethodHandle SEND = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private static final int SIGSTOP =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? SIGSTOP_MACOS : SIGSTOP_LINUX;

    /** {@return whether there is such a process} */
    boolean exists(long pid) {
        return send(pid, 0);
    }

    /** Stops a process, one thread of it after the other. {@return whether there was one} */
    boolean stop(long pid) {
        return send(pid, SIGSTOP);
    }

    /** Ends a process, all of its threads at once. {@return whether there was one} */
    boolean kill(long pid) {
        return send(pid, SIGKILL);
    }

    private boolean send(long pid, int signal) {
        try {
            return (int) SEND.invokeExact((int) pid, signal) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("kill(2) cannot be called", e);
        }
    }
}
