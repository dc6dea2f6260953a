package io.millrace.ingestion.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    @Test
    void everyAddressOfTheOldKindIsOneClient() throws UnknownHostException {
        assertThat(of("192.0.2.1")).isNotEqualTo(of("192.0.2.2"));
        assertThat(of("::ffff:192.0.2.1")).isEqualTo(of("192.0.2.1"));
    }

    @Test
    void everyNetworkOfTheNewKindIsOne() throws UnknownHostException {
        assertThat(of("2001:db8:1:2::1")).isEqualTo(of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assertThat(of("2001:db8:1:2::1")).isNotEqualTo(of("2001:db8:1:3::1"));
    }

    @Test
    void closedConnectionHasNone() {
        InetAddress none = null;
        assertThat(ClientAddress.of(none)).isEqualTo(new ClientAddress(""));
    }

    private static ClientAddress of(String literal) throws UnknownHostException {
        return ClientAddress.of(InetAddress.getByName(literal));
    }
}
