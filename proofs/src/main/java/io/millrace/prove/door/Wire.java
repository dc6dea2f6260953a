package io.millrace.prove.door;

import io.millrace.prove.door.Shot.Manner;
import io.millrace.prove.proxy.HttpMessage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection to the door, kept as long as the door keeps it, and opened anew then. For one thread. */
final class Wire implements AutoCloseable {
    /** The door takes 12 s for Kafka and 2 s for a key at the most. */
    private static final int SILENCE_SECONDS_MAX = 30;

    private static final int NO_CONTENT = 204;
    private static final int PAUSE_MILLIS = 20;
    private static final byte[] CHUNK = ("400\r\n" + " ".repeat(1_024) + "\r\n").getBytes(StandardCharsets.US_ASCII);

    private final int port;
    private final ScheduledExecutorService clock;
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();

    /** To a port of 127.0.0.1, with a clock that ends what hangs. */
    Wire(int port, ScheduledExecutorService clock) {
        this.port = port;
        this.clock = clock;
    }

    /** Whether the next request goes over a connection that has had one. */
    boolean isKept() {
        return socket != null;
    }

    /** Sends, and sees what comes. */
    Outcome send(Shot shot) throws IOException, InterruptedException {
        Socket open = open();
        // A door that neither reads nor closes holds whoever writes.
        Future<?> end = clock.schedule(() -> abort(open), 2L * SILENCE_SECONDS_MAX, TimeUnit.SECONDS);
        Outcome outcome = exchange(open, shot);
        boolean held = !end.cancel(false);
        if (held || shot.manner() != Manner.GOES_ON || isLast(outcome)) {
            close();
        }
        return held ? new Outcome.Silence() : outcome;
    }

    private Outcome exchange(Socket open, Shot shot) throws InterruptedException {
        try {
            write(open, shot);
        } catch (IOException early) {
            // The door may have answered and closed before it had all.
        }
        try {
            return shot.manner() == Manner.LEAVES ? new Outcome.Unseen() : answer(shot.manner());
        } catch (SocketTimeoutException e) {
            return new Outcome.Silence();
        } catch (IOException e) {
            return new Outcome.End();
        }
    }

    private void write(Socket open, Shot shot) throws IOException, InterruptedException {
        open.getOutputStream().write(shot.bytes());
        switch (shot.manner()) {
            case NEVER_ENDS -> {
                long beganNanos = System.nanoTime();
                while (in.available() == 0
                        && System.nanoTime() - beganNanos < TimeUnit.SECONDS.toNanos(SILENCE_SECONDS_MAX)) {
                    open.getOutputStream().write(CHUNK);
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
            case STOPS -> open.shutdownOutput();
            // The other side sees a connection that is reset, not one that has ended.
            case LEAVES -> open.setSoLinger(shot.bytes().length % 2 == 0, 0);
            default -> {}
        }
    }

    private Outcome answer(Manner manner) throws IOException {
        String head = HttpMessage.readHead(in);
        while (status(head) < 200) {
            head = HttpMessage.readHead(in);
        }
        boolean bodiless = manner == Manner.ENDS_BEHIND_HEAD || status(head) == NO_CONTENT;
        byte[] body =
                bodiless ? new byte[0] : HttpMessage.readBody(head, in, true).body();
        return new Outcome.Answer(status(head), head, new String(body, StandardCharsets.UTF_8));
    }

    private static int status(String head) throws IOException {
        try {
            return Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IOException("no answer of HTTP: " + head, e);
        }
    }

    private static boolean isLast(Outcome outcome) {
        return !(outcome instanceof Outcome.Answer answer)
                || HttpMessage.field(answer.head(), "Connection")
                        .toLowerCase(Locale.ROOT)
                        .equals("close");
    }

    private Socket open() throws IOException {
        Socket open = socket;
        if (open == null) {
            open = new Socket(InetAddress.getLoopbackAddress(), port);
            open.setTcpNoDelay(true);
            open.setSoTimeout(SILENCE_SECONDS_MAX * 1_000);
            in = new BufferedInputStream(open.getInputStream());
            socket = open;
        }
        return open;
    }

    private static void abort(Socket open) {
        try {
            open.close();
        } catch (IOException closed) {
            // It has ended by itself.
        }
    }

    @Override
    public void close() throws IOException {
        Socket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }
}
