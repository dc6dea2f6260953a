package io.millrace.bench;

import com.clickhouse.client.api.ClickHouseException;
import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientFaultCause;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import io.millrace.address.ServerUrl;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What it costs to compress the bodies of inserts, on both sides, with the client library that the consumer uses. The
 * table keeps nothing, so that the server only receives, decompresses and reads the blocks.
 */
final class RequestBodies {
    private static final String TABLE = "trial_bodies";

    private final EventStore store;
    private final PreparedRows rows;
    private final int rounds;

    RequestBodies(EventStore store, PreparedRows rows, int rounds) {
        this.store = store;
        this.rows = rows;
        this.rounds = rounds;
    }

    /**
     * @param clientSeconds processor time of the sending thread for all rows
     * @param server what it took there
     * @param bytes of all bodies as sent
     */
    private record Sending(double seconds, double clientSeconds, ServerCost server, long bytes) {}

    void compare(PrintStream out) throws IOException, MeasurementException, InterruptedException {
        store.ask("CREATE TABLE " + TABLE + " AS events_in");
        Comparison comparison = new Comparison("body, B/event", "client, CPU s/M", "server, CPU s/M", "rows/s");
        double millions = rows.rows() / 1e6;
        for (BodyForm form : BodyForm.values()) {
            double[] client = new double[rounds];
            double[] server = new double[rounds];
            double[] rates = new double[rounds];
            long bytes = 0;
            try (Client connection = client()) {
                // Not counted: connections are opened, code is compiled.
                send(form, connection, "warm-up");
                for (int round = 0; round < rounds; round++) {
                    Sending sending = send(form, connection, "round " + round);
                    client[round] = sending.clientSeconds() / millions;
                    server[round] = sending.server().processorSeconds() / millions;
                    rates[round] = rows.rows() / sending.seconds();
                    bytes = sending.bytes();
                }
            }
            comparison.add(
                    form.title(),
                    (double) bytes / rows.rows(),
                    Comparison.median(client),
                    Comparison.median(server),
                    Comparison.median(rates));
        }
        store.ask("DROP TABLE " + TABLE + " SYNC");
        out.println();
        out.println("Bodies of inserts over loopback, into a table that keeps nothing");
        comparison.print(out);
    }

    private Sending send(BodyForm form, Client connection, String round)
            throws IOException, MeasurementException, InterruptedException {
        String comment = TABLE + " " + form + " " + round;
        InsertSettings settings = new InsertSettings().serverSetting("log_comment", comment);
        PreparedRows.SETTINGS.forEach(settings::serverSetting);
        form.configure(settings);
        AtomicLong bytes = new AtomicLong();
        long startNanos = System.nanoTime();
        long startProcessorNanos = processorNanos();
        try {
            for (byte[] block : rows.blocks()) {
                connection
                        .insert(
                                TABLE,
                                out -> {
                                    CountedStream counted = new CountedStream(out);
                                    form.write(block, counted);
                                    bytes.addAndGet(counted.bytes());
                                },
                                ClickHouseFormat.Native,
                                settings)
                        .join()
                        .close();
            }
        } catch (CompletionException | ClickHouseException e) {
            throw new MeasurementException("ClickHouse did not take a body, " + form.title() + ": " + e, e);
        }
        double clientSeconds = (processorNanos() - startProcessorNanos) / 1e9;
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return new Sending(
                seconds,
                clientSeconds,
                ServerCost.ofStatements(store, comment, rows.blocks().size()),
                bytes.get());
    }

    private Client client() {
        ServerUrl server = store.url();
        return new Client.Builder()
                .addEndpoint(server.scheme() + "://" + server.host() + ":" + server.port())
                .setUsername(server.user())
                .setPassword(server.password())
                .setDefaultDatabase(server.database())
                .setMaxRetries(0)
                .retryOnFailures(ClientFaultCause.None)
                .compressClientRequest(false)
                .build();
    }

    /** The library sends on the thread that calls it. */
    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
