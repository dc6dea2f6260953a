package io.millrace.prove.stage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * The broker's clock, which can be put ahead while the broker is down; all other processes keep the true one. Kafka asks
 * one class for the time, and {@link ClockAgent} makes that class add what stands in a file.
 */
public final class BrokerClock {
    private final Path file;
    private final Path agent;

    private BrokerClock(Path file, Path agent) {
        this.file = file;
        this.agent = agent;
    }

    /** The clock of the broker of a run, which is right at first. */
    static BrokerClock of(Path folder) throws IOException {
        Files.createDirectories(folder);
        BrokerClock clock = new BrokerClock(folder.resolve("broker-clock"), folder.resolve("broker-clock.jar"));
        clock.putAhead(Duration.ZERO);
        clock.writeAgent();
        return clock;
    }

    /**
     * What the broker finds in its environment. These options come after those of its command line, which would have it
     * write down its classes, and that a virtual machine with an agent refuses to do.
     */
    Map<String, String> environment() {
        return Map.of("_JAVA_OPTIONS", "-XX:-AutoCreateSharedArchive -javaagent:" + agent + "=" + file);
    }

    /** Puts it ahead of the true time from the broker's next start on. */
    public void putAhead(Duration ahead) throws IOException {
        Files.writeString(file, Long.toString(ahead.toMillis()));
    }

    private void writeAgent() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", ClockAgent.class.getName());
        String name = ClockAgent.class.getName().replace('.', '/') + ".class";
        try (InputStream bytes = ClockAgent.class.getResourceAsStream('/' + name);
                JarOutputStream jar = new JarOutputStream(Files.newOutputStream(agent), manifest)) {
            if (bytes == null) {
                throw new IOException(name + " is not on the class path");
            }
            jar.putNextEntry(new JarEntry(name));
            bytes.transferTo(jar);
            jar.closeEntry();
        }
    }
}
