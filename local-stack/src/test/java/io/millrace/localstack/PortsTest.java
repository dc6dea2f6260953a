package io.millrace.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void defaultsAreTheDocumentedOnes() {
        Ports ports = Ports.of(Map.of());
        assertThat(Arrays.stream(Part.values()).map(ports::all))
                .containsExactly(
                        List.of(17715),
                        List.of(17710, 17711),
                        List.of(17712, 17713),
                        List.of(17714),
                        List.of(17701, 17705),
                        List.of(17704),
                        List.of(17702),
                        List.of(17703));
        assertThat(ports.admin()).isEqualTo(17705);
    }

    @Test
    void environmentMovesAllOfThem() {
        assertThat(Ports.of(Map.of(Ports.VARIABLE, " 20000 ")).of(Part.KAFKA)).isEqualTo(20010);
    }

    @Test
    void basesEndWhereTheLastPortWouldBeTooLarge() {
        assertThat(new Ports(1024).of(Part.INGESTION)).isEqualTo(1025);
        assertThat(new Ports(65520).of(Part.S3)).isEqualTo(65535);
        assertThatThrownBy(() -> new Ports(1023)).isInstanceOf(StackException.class);
        assertThatThrownBy(() -> new Ports(65521))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("MILLRACE_PORT_BASE must lie between 1024 and 65520");
    }

    @Test
    void baseThatIsNoNumberIsSaidBack() {
        assertThatThrownBy(() -> Ports.of(Map.of(Ports.VARIABLE, "lots")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("lots");
    }

    @Test
    void takenPortIsNamedWithItsPartAndAWayOut() throws IOException {
        Ports ports = Ports.free();
        int nativePort = ports.all(Part.CLICKHOUSE).get(1);
        try (ServerSocket other = new ServerSocket(nativePort, 1, InetAddress.getLoopbackAddress())) {
            assertThat(other.isBound()).isTrue();
            assertThat(ports.taken(Part.CLICKHOUSE)).contains(nativePort);
            assertThatThrownBy(() -> ports.require(Part.CLICKHOUSE))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("port " + nativePort)
                    .hasMessageContaining("ClickHouse")
                    .hasMessageContaining("MILLRACE_PORT_BASE=" + (ports.base() + 1000));
            ports.require(Part.KAFKA);
        }
        assertThat(ports.taken(Part.CLICKHOUSE)).isEmpty();
    }

    @Test
    void portTakenOnAllAddressesIsTaken() throws IOException {
        Ports ports = Ports.free();
        try (ServerSocket everywhere = new ServerSocket(ports.of(Part.S3))) {
            assertThat(ports.taken(Part.S3)).contains(everywhere.getLocalPort());
        }
    }
}
