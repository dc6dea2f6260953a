package io.millrace.prove.asking;

import io.millrace.prove.traffic.Seed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several askers for each instance: one that is frozen keeps nobody from asking the others. */
public final class Askers implements AutoCloseable {
    private static final int PER_INSTANCE = 5;
    private static final Duration REFUSED_PAUSE = Duration.ofMillis(250);

    private final AnswerBook book;
    private final Seed seed;
    private final Duration pause;
    private final RecentQuestions recent;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("asker-", 0).factory());
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean done;

    /**
     * Askers who note in a book.
     *
     * @param pause of each from the beginning of a question to that of the next
     */
    public Askers(AnswerBook book, Seed seed, Duration pause) {
        this.book = book;
        this.seed = seed;
        this.pause = pause;
        this.recent = new RecentQuestions(book);
    }

    /** From now on this one is asked too. */
    public void ask(Instance instance) {
        for (int i = 0; i < PER_INSTANCE; i++) {
            SplittableRandom random = seed.random("asker " + running.size());
            running.add(threads.submit(() -> {
                run(instance, random);
                return null;
            }));
        }
    }

    private void run(Instance instance, SplittableRandom random) throws InterruptedException {
        QuestionDraw draw = new QuestionDraw(random.split(), InstantSource.system());
        while (!done) {
            long beganNanos = System.nanoTime();
            int number = recent.next(random, draw);
            Asked asked = instance.ask(number, book.question(number));
            book.add(asked);
            // Nobody who is refused asks again at once.
            Thread.sleep(asked.isAnswered() ? pause.minusNanos(System.nanoTime() - beganNanos) : REFUSED_PAUSE);
        }
    }

    /** Fails when an asker has, since nothing was proved without it. */
    public void requireRunning() {
        for (Future<?> asker : running) {
            if (asker.isDone()) {
                throw new IllegalStateException(
                        "an asker has ended", asker.state() == Future.State.FAILED ? asker.exceptionNow() : null);
            }
        }
    }

    /** Lets all come to an end. */
    public void finish() throws InterruptedException, ExecutionException {
        done = true;
        for (Future<?> asker : running) {
            asker.get();
        }
    }

    @Override
    public void close() {
        done = true;
        threads.shutdownNow();
    }
}
