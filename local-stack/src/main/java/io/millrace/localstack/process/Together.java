package io.millrace.localstack.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** The same done to several things side by side. */
public final class Together {
    private Together() {}

    /**
     * Does it to all and waits for all, also when some fail.
     *
     * @throws RuntimeException the first failure, the others attached as suppressed
     */
    public static <T> void run(Collection<T> things, Consumer<? super T> what) {
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            things.forEach(thing -> running.add(executor.submit(() -> what.accept(thing))));
        }
        List<Throwable> failures = running.stream()
                .filter(future -> future.state() == Future.State.FAILED)
                .map(Future::exceptionNow)
                .toList();
        if (failures.isEmpty()) {
            return;
        }
        Throwable first = failures.getFirst();
        failures.stream().skip(1).forEach(first::addSuppressed);
        switch (first) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new StackException(first.toString(), first);
        }
    }
}
