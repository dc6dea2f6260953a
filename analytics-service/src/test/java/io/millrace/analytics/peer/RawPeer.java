package io.millrace.analytics.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes connections as another instance would, says what it was told to say, and then nothing more. */
public final class RawPeer implements AutoCloseable {
    private final ServerSocket server;
    private final byte[] says;
    private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    private RawPeer(ServerSocket server, String says) {
        this.server = server;
        this.says = says.getBytes(StandardCharsets.UTF_8);
    }

    /** One that says the same to everybody. */
    public static RawPeer saying(String text) {
        try {
            RawPeer peer = new RawPeer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), text);
            Thread.ofVirtual().start(peer::take);
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Until the other side has gone. */
    private void serve(Socket connection) {
        try {
            byte[] buffer = new byte[65_536];
            int read = connection.getInputStream().read(buffer);
            while (read > 0) {
                requests.add(new String(buffer, 0, read, StandardCharsets.UTF_8));
                connection.getOutputStream().write(says);
                read = connection.getInputStream().read(buffer);
            }
        } catch (IOException e) {
            requests.add("ended by " + e);
        }
    }

    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** {@return what was said to it so far} */
    public String heard() {
        return String.join("", requests);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
