package io.millrace.localstack.s3;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.Checkout;
import io.millrace.localstack.JavaCommand;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.localstack.PrivateFile;
import io.millrace.localstack.ServerRecipe;
import io.millrace.localstack.StackException;
import io.millrace.localstack.StackFolder;
import io.millrace.localstack.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** S3Proxy over a folder of this machine. */
public final class S3Server implements ServerRecipe {
    private static final String BUCKET = "millrace";
    private static final int FOUND = 200;
    private static final int ABSENT = 404;

    private final Path folder;
    private final Ports ports;
    private final S3Keys keys;
    private final Checkout checkout;

    /** The S3 server of one stack. */
    public S3Server(StackFolder stack, Ports ports, S3Keys keys, Checkout checkout) {
        this.folder = stack.data(Part.S3);
        this.ports = ports;
        this.keys = keys;
        this.checkout = checkout;
    }

    @Override
    public Part part() {
        return Part.S3;
    }

    @Override
    public String url() {
        return "http://" + keys.access() + ":" + keys.secret() + "@127.0.0.1:" + ports.of(Part.S3) + "/" + BUCKET;
    }

    @Override
    public void prepare() throws IOException {
        Files.createDirectories(objects());
        PrivateFile.write(properties(), """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(ports.of(Part.S3), keys.access(), keys.secret(), objects()));
        Files.writeString(logging(), """
                <configuration>
                    <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                        <encoder><pattern>%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{20} %msg%n</pattern></encoder>
                    </appender>
                    <root level="info"><appender-ref ref="out"/></root>
                </configuration>
                """);
    }

    @Override
    public Command command() {
        List<String> options = List.of(
                "-Dmillrace.part=s3",
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + logging(),
                "-cp",
                checkout.libraries("s3-server"));
        List<String> program =
                List.of("org.gaul.s3proxy.Main", "--properties", properties().toString());
        return new Command(JavaCommand.of(options, program), Map.of(), folder);
    }

    /** Asks for the bucket, which {@link #complete} makes: its absence is an answer too. */
    @Override
    public Optional<String> problem() {
        try {
            int status = probe().send("HEAD");
            return status == FOUND || status == ABSENT ? Optional.empty() : Optional.of("status " + status);
        } catch (IOException e) {
            return Optional.of("no answer: " + e);
        }
    }

    @Override
    public void complete() {
        try {
            if (probe().send("HEAD") == ABSENT && probe().send("PUT") != FOUND) {
                throw new StackException("the S3 server does not make the bucket " + BUCKET);
            }
        } catch (IOException e) {
            throw new StackException("the S3 server went away", e);
        }
    }

    private S3Probe probe() {
        return new S3Probe(ServerUrl.parse(url()));
    }

    private Path objects() {
        return folder.resolve("objects");
    }

    private Path properties() {
        return folder.resolve("s3proxy.properties");
    }

    private Path logging() {
        return folder.resolve("logback.xml");
    }
}
