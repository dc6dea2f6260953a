package io.millrace.prove.door;

import io.millrace.log.Tenant;
import io.millrace.prove.stage.ServiceProcess;
import io.millrace.prove.stage.Stage;
import io.millrace.prove.traffic.Seed;
import io.millrace.prove.verdict.Finding;
import io.millrace.prove.verdict.LogIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

/** Many connections to one door, over which spoilt requests come, and whole ones between them. */
public final class Siege {
    private static final int CONNECTIONS = 24;

    /** Of requests on which the door is to spend much memory: it holds 64 MB of bodies, and says so beyond that. */
    private static final int HEAVY_AT_ONCE = 2;

    private static final int SPOILT_TO_A_WHOLE = 3;
    private static final Tenant TENANT = new Tenant("besieged");

    private final ServiceProcess door;
    private final RequestDraw draw;
    private final Judge judge;
    private final Semaphore heavy = new Semaphore(HEAVY_AT_ONCE);

    private Siege(ServiceProcess door, RequestDraw draw, Judge judge) {
        this.door = door;
        this.draw = draw;
        this.judge = judge;
    }

    /** Before the first door of a stage. */
    public static Siege of(Stage stage, Seed seed) {
        ServiceProcess door = stage.doors().getFirst();
        String description = door.text("/openapi.yaml").orElseThrow();
        return new Siege(
                door, new RequestDraw(seed, stage.makeIngestKey(TENANT)), new Judge(seed, Codes.in(description)));
    }

    /** Sends the spoilt requests from one number up to another, not included. */
    public void run(int from, int to) throws InterruptedException, ExecutionException {
        List<Future<?>> running = new ArrayList<>();
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
                ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                int first = from + connection;
                running.add(threads.submit(() -> {
                    send(first, to, clock);
                    return null;
                }));
            }
        }
        for (Future<?> connection : running) {
            connection.get();
        }
    }

    private void send(int first, int to, ScheduledExecutorService clock) throws IOException, InterruptedException {
        try (Wire wire = new Wire(door.url().getPort(), clock)) {
            for (int number = first; number < to; number += CONNECTIONS) {
                sendSpoilt(number, wire);
                if (number / CONNECTIONS % SPOILT_TO_A_WHOLE == 0) {
                    sendWhole(number, wire);
                }
            }
        }
    }

    private void sendSpoilt(int number, Wire wire) throws IOException, InterruptedException {
        RequestDraw.Spoilt request = draw.spoilt(number);
        boolean kept = wire.isKept();
        Outcome outcome = send(request.shot(), wire);
        if (kept && outcome instanceof Outcome.End) {
            outcome = send(request.shot(), wire);
        }
        judge.spoilt(number, request, outcome);
    }

    private void sendWhole(int number, Wire wire) throws IOException, InterruptedException {
        Whole request = draw.whole(number);
        boolean kept = wire.isKept();
        Outcome outcome = wire.send(request.shot());
        // A server may close a connection that waits, and a request may meet that.
        if (kept && outcome instanceof Outcome.End) {
            judge.again(request);
            outcome = wire.send(request.shot());
        }
        judge.whole(number, request, outcome);
    }

    private Outcome send(Shot shot, Wire wire) throws IOException, InterruptedException {
        if (!shot.isHeavy()) {
            return wire.send(shot);
        }
        heavy.acquire();
        try {
            return wire.send(shot);
        } finally {
            heavy.release();
        }
    }

    /** Judges everything by now, with the log that the door has written. */
    public List<Finding> findings(String kafka) {
        return judge.findings(LogIds.read(kafka, TENANT));
    }

    /** What came of each way of spoiling. */
    public List<String> table() {
        return judge.table();
    }

    @Override
    public String toString() {
        return judge.toString();
    }
}
