package io.millrace.prove.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Stands where a consumer expects ClickHouse's HTTP port to be. */
public final class InsertProxy implements AutoCloseable {
    /** A consumer keeps 16 connections; those of its predecessors may still be under way. */
    private static final int CONNECTIONS_MAX = 256;

    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private InsertProxy(ServerSocket door) {
        this.door = door;
    }

    /** Opens one on a port of its own. */
    public static InsertProxy open(int consumer, int clickHousePort, Ambushes ambushes, ExchangeLog log)
            throws IOException {
        InsertProxy proxy = new InsertProxy(new ServerSocket(0, CONNECTIONS_MAX, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual()
                .name("proxy-" + consumer)
                .start(() ->
                        proxy.serve(socket -> new ProxiedConnection(consumer, socket, clickHousePort, ambushes, log)));
        return proxy;
    }

    /** Where it listens. */
    public int port() {
        return door.getLocalPort();
    }

    private void serve(Function<Socket, Runnable> connection) {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                if (open.size() == CONNECTIONS_MAX) {
                    socket.close();
                    continue;
                }
                socket.setTcpNoDelay(true);
                open.add(socket);
                Thread.ofVirtual().start(() -> {
                    try {
                        connection.apply(socket).run();
                    } finally {
                        open.remove(socket);
                    }
                });
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
