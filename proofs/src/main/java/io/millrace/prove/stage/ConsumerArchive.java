package io.millrace.prove.stage;

import io.millrace.localstack.Checkout;
import io.millrace.localstack.process.JavaCommand;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The consumer-service as it was built, unpacked for this run: that takes a third of the processor time to start, and a
 * build meanwhile takes nothing away.
 *
 * @param jar the archive to run
 */
record ConsumerArchive(Path jar) {
    private static final String PATTERN = "consumer-service-*-exec.jar";

    static ConsumerArchive unpack(Path folder) throws IOException, InterruptedException {
        Path built = built();
        List<String> options = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djarmode=tools");
        List<String> program = List.of("-jar", built.toString(), "extract", "--destination", folder.toString());
        Process extract = new ProcessBuilder(JavaCommand.of(options, program))
                .redirectErrorStream(true)
                .start();
        String said = new String(extract.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (extract.waitFor() != 0) {
            throw new StackException("cannot unpack " + built + ":\n" + said);
        }
        return new ConsumerArchive(folder.resolve(built.getFileName()));
    }

    private static Path built() throws IOException {
        Path target = Checkout.find().root().resolve("consumer-service").resolve("target");
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(target, PATTERN)) {
                for (Path file : found) {
                    return file;
                }
            }
        }
        throw new StackException("consumer-service has not been built: there is no " + PATTERN + " in " + target);
    }
}
