package io.millrace.localstack.s3;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.process.Command;
import io.millrace.localstack.process.JavaCommand;
import io.millrace.localstack.process.Library;
import io.millrace.localstack.process.PrivateFile;
import io.millrace.localstack.process.Recipe;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * S3Proxy over a folder of this machine.
 *
 * @param folder where objects and settings lie
 * @param url where it listens, its only keys, and the bucket to have
 * @param library the server's
 */
public record S3Server(Path folder, ServerUrl url, Library library) implements Recipe {
    private static final int FOUND = 200;
    private static final int ABSENT = 404;

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
                """.formatted(url.port(), url.user(), url.password(), objects()));
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
                "-Dlogback.configurationFile=" + logging());
        List<String> program =
                List.of("org.gaul.s3proxy.Main", "--properties", properties().toString());
        return new Command(JavaCommand.of(options, library, program), Map.of(), folder);
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
                throw new StackException("the S3 server does not make the bucket " + url.database());
            }
        } catch (IOException e) {
            throw new StackException("the S3 server went away", e);
        }
    }

    private S3Probe probe() {
        return new S3Probe(url);
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
