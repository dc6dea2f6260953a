package io.millrace.prove.fault;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * SIGSTOP by the system's own call, within microseconds: a shell takes milliseconds to send it, and the states looked for
 * are shorter than that.
 */
@SuppressWarnings("restricted") // calling kill(2) is what this class is for
final class SwiftStop {
    private static final int SIGSTOP_LINUX = 19;
    private static final int SIGSTOP_MACOS = 17;

    private final MethodHandle kill;
    private final int signal;

    SwiftStop() {
        Linker linker = Linker.nativeLinker();
        this.kill = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("kill"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        boolean macos = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        this.signal = macos ? SIGSTOP_MACOS : SIGSTOP_LINUX;
    }

    /** Stops a process; whether there was one. */
    boolean send(long pid) {
        try {
            return (int) kill.invokeExact((int) pid, signal) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("kill(2) cannot be called", e);
        }
    }
}
