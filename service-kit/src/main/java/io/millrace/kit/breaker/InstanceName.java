package io.millrace.kit.breaker;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How a process is told apart from others of its service: by its host, which is the pod's or container's name, and its id. */
final class InstanceName {
    private InstanceName() {}

    static String own() {
        return host() + ":" + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
