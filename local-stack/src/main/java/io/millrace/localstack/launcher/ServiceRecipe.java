package io.millrace.localstack.launcher;

import io.millrace.localstack.ServiceArchive;
import io.millrace.localstack.process.Command;
import io.millrace.localstack.process.JavaCommand;
import io.millrace.localstack.process.Recipe;
import io.millrace.localstack.process.SharedClasses;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the four services, as built in the checkout.
 *
 * @param archive what was built
 * @param buildNote where to note which build was started
 * @param url where it listens
 * @param environment its settings
 */
record ServiceRecipe(ServiceArchive archive, Path buildNote, URI url, Map<String, String> environment)
        implements Recipe {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    @Override
    public void prepare() throws IOException {
        Path folder = archive.unpacked();
        Files.createDirectories(buildNote.getParent());
        Files.writeString(buildNote, folder.toString());
    }

    @Override
    public Command command() {
        Path folder = startedFrom().orElseThrow();
        List<String> options = List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                // Netty.
                "--sun-misc-unsafe-memory-access=allow");
        // Relative to the checkout, so that the command line begins with the module.
        Path jar = archive.root().relativize(archive.runnable(folder));
        List<String> all = new ArrayList<>(archive.part().heapOptions());
        all.addAll(options);
        all.addAll(new SharedClasses(folder.resolve("classes.jsa")).options());
        return new Command(JavaCommand.of(all, List.of("-jar", jar.toString())), environment, archive.root());
    }

    /** The unpacked build that was started last. */
    Optional<Path> startedFrom() {
        try {
            return Files.exists(buildNote) ? Optional.of(Path.of(Files.readString(buildNote))) : Optional.empty();
        } catch (IOException e) {
            throw new StackException("cannot read " + buildNote, e);
        }
    }

    /** Whether the build that was started last is not the present one. */
    boolean isOutdated() {
        return !startedFrom().map(Path::getFileName).map(Path::toString).equals(Optional.of(archive.version()));
    }

    /** Asks for readiness, for which a service asks what it needs itself. */
    @Override
    public Optional<String> problem() {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/actuator/health/readiness"))
                .timeout(ANSWER_WITHIN)
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? Optional.empty()
                    : Optional.of("not ready: " + response.body().strip());
        } catch (IOException e) {
            return Optional.of("no answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException(
                    "interrupted while asking " + archive.part().title(), e);
        }
    }
}
