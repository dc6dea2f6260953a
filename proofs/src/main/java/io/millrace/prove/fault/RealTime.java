package io.millrace.prove.fault;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A thread that no other work of the machine keeps from its processor, where the system allows it (Linux, to the
 * administrator); elsewhere an ordinary one. What it waits for lasts microseconds, and a busy machine takes processors away
 * for milliseconds.
 */
@SuppressWarnings("restricted") // calling sched_setscheduler(2) is what this class is for
final class RealTime {
    private static final int FIRST_IN_FIRST_OUT = 1;
    private static final int PRIORITY = 1;
    private static final int THIS_THREAD = 0;

    private RealTime() {}

    /** Runs it on such a thread and waits. */
    static <T> T call(Callable<T> task) throws InterruptedException, ExecutionException {
        FutureTask<T> future = new FutureTask<>(() -> {
            prefer();
            return task.call();
        });
        Thread.ofPlatform().name("real-time").daemon().start(future);
        return future.get();
    }

    /** Being refused is no failure: it is watched less well then. */
    private static void prefer() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> found = linker.defaultLookup().find("sched_setscheduler");
        if (found.isEmpty()) {
            return;
        }
        MethodHandle setScheduler = linker.downcallHandle(
                found.get(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameters = arena.allocateFrom(ValueLayout.JAVA_INT, PRIORITY);
            int _ = (int) setScheduler.invokeExact(THIS_THREAD, FIRST_IN_FIRST_OUT, parameters);
        } catch (Throwable e) {
            throw new IllegalStateException("sched_setscheduler(2) cannot be called", e);
        }
    }
}
