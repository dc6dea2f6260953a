package io.millrace.ingestion.admin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Whom calls are counted for.
 *
 * @param text an IPv4 address; of an IPv6 address the half that names the network, as one host can have all the others of it
 */
record ClientAddress(String text) {
    private static final int NETWORK_BYTES = 8;

    static ClientAddress of(ServerRequest request) {
        return of(request.remoteAddress().map(InetSocketAddress::getAddress).orElse(null));
    }

    /** Of a connection that is closed already nobody knows the address; those count together. */
    static ClientAddress of(@Nullable InetAddress address) {
        if (address == null) {
            return new ClientAddress("");
        }
        if (address instanceof Inet6Address) {
            byte[] network = Arrays.copyOf(address.getAddress(), NETWORK_BYTES);
            return new ClientAddress(HexFormat.of().formatHex(network));
        }
        return new ClientAddress(address.getHostAddress());
    }
}
