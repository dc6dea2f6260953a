package io.millrace.localstack;

import io.millrace.localstack.process.Library;
import io.millrace.localstack.process.SharedClasses;
import io.millrace.localstack.process.StackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checkout this runs in, where the servers' own libraries are built.
 *
 * @param root its top folder
 */
public record Checkout(Path root) {
    private static final String MARK = "local-stack/kafka-server/pom.xml";

    /** The checkout named by the property {@code millrace.root}, else the one around the working folder. */
    public static Checkout find() {
        Path start = Path.of(
                Optional.ofNullable(System.getProperty("millrace.root")).orElse(System.getProperty("user.dir")));
        return Stream.iterate(start.toAbsolutePath().normalize(), path -> path != null, Path::getParent)
                .filter(path -> Files.exists(path.resolve(MARK)))
                .findFirst()
                .map(Checkout::new)
                .orElseThrow(() -> new StackException(
                        "no checkout of Millrace around " + start + "; name it with -Dmillrace.root=…"));
    }

    /** The class path of a server that is built beside this module. */
    Library library(String server) {
        Path target = root.resolve("local-stack").resolve(server).resolve("target");
        Path jars = target.resolve("lib");
        if (!Files.isDirectory(jars)) {
            throw new StackException(jars + " is missing; build it: mvn package -DskipTests -pl local-stack/" + server);
        }
        return new Library(jars, new SharedClasses(target.resolve("classes.jsa")));
    }
}
