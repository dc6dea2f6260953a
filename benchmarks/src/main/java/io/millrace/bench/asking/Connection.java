package io.millrace.bench.asking;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection to this machine that is kept, and as little of a client as will do: on two cores Java's own
 * would take a good part of what it measures. For one thread.
 *
 * <p>Servers end kept connections after so many requests; then the next request opens another. What was sent into a
 * connection just as it ended is sent again, so requests must be such that twice is as good as once.
 */
public final class Connection implements AutoCloseable {
    private static final int SILENCE_MILLIS_MAX = 60_000;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int HEXADECIMAL = 16;

    private final int port;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private @Nullable Socket socket;
    private int at;
    private int end;

    /** To a port of 127.0.0.1; opened by the first request. */
    public Connection(int port) {
        this.port = port;
    }

    /** Sends a request and waits for the whole reply. */
    public Reply exchange(byte[] request) throws IOException {
        boolean kept = socket != null;
        try {
            return attempt(request);
        } catch (IOException e) {
            close();
            if (!kept) {
                throw e;
            }
            return attempt(request);
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

    private Reply attempt(byte[] request) throws IOException {
        Socket open = socket;
        if (open == null) {
            open = new Socket();
            socket = open;
            open.setTcpNoDelay(true);
            open.setSoTimeout(SILENCE_MILLIS_MAX);
            open.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SILENCE_MILLIS_MAX);
            at = 0;
            end = 0;
        }
        open.getOutputStream().write(request);
        return read(open.getInputStream());
    }

    private Reply read(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.endsWith("chunked");
            } else if (lower.startsWith("connection:")) {
                last = lower.endsWith("close");
            }
        }
        byte[] body = chunked ? chunks(in) : take(in, new byte[length], 0);
        if (last) {
            close();
        }
        return new Reply(status, body);
    }

    private byte[] chunks(InputStream in) throws IOException {
        byte[] body = new byte[0];
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            int before = body.length;
            body = take(in, Arrays.copyOf(body, before + size), before);
            line(in);
        }
        line(in);
        return body;
    }

    private int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in), HEXADECIMAL);
    }

    /** Fills an array from an index on. */
    private byte[] take(InputStream in, byte[] into, int from) throws IOException {
        int filled = from;
        while (filled < into.length) {
            require(in);
            int some = Math.min(end - at, into.length - filled);
            System.arraycopy(buffer, at, into, filled, some);
            at += some;
            filled += some;
        }
        return into;
    }

    private String line(InputStream in) throws IOException {
        StringBuilder longer = new StringBuilder();
        while (true) {
            require(in);
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            longer.append(new String(buffer, from, at - from, StandardCharsets.ISO_8859_1));
            if (at < end) {
                at++;
                return longer.toString().stripTrailing();
            }
        }
    }

    /** Makes sure that there is a byte at least. */
    private void require(InputStream in) throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
            if (end == 0) {
                throw new EOFException("port " + port + " closed the connection");
            }
        }
    }
}
