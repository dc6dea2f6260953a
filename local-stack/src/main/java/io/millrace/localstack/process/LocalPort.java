package io.millrace.localstack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A port of 127.0.0.1. */
public final class LocalPort {
    private static final int CONNECT_MILLIS = 200;
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

    private LocalPort() {}

    /** Whether something accepts connections there. */
    public static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOCAL, port), CONNECT_MILLIS);
            return true;
        } catch (IOException nobodyListens) {
            return false;
        }
    }

    /** Whether a server could not listen there. */
    public static boolean isTaken(int port) {
        // Both, because some systems let two sockets share a port when one of them is bound to all addresses.
        return isListening(port) || !isBindable(port);
    }

    private static boolean isBindable(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, LOCAL)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
