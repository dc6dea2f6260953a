import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Runs all tests with Maven and ends with lines that say how many there were, how they went, and which were skipped and
 * why. The totals are read from the test runners' reports. Started by `./millrace test` from its source, because nothing
 * may have been built yet.
 */
final class TestRun {
    /** Commands that some tests need, with the Debian package that has them. */
    private static final Map<String, String> PACKAGES =
            new TreeMap<>(Map.of("docker-compose", "docker-compose", "promtool", "prometheus", "haproxy", "haproxy"));

    private static final Pattern WORTH_SHOWING = Pattern.compile(
            "^\\[INFO\\] Building (?!jar).*|.*Tests run:.*|^\\[ERROR\\].*|^\\[WARNING\\] Tests.*|^\\[INFO\\] (BUILD|Total time).*");

    private final Path root = Path.of(System.getProperty("millrace.root"));
    private final Path log = root.resolve("target/test.log");

    public static void main(String[] arguments) throws Exception {
        System.exit(new TestRun().run(List.of(arguments)));
    }

    private int run(List<String> arguments) throws Exception {
        PACKAGES.forEach((command, name) -> {
            if (!isOnPath(command)) {
                System.out.printf(
                        "The Debian package %s is missing: tests that need %s are counted as skipped.%n", name, command);
            }
        });
        Instant began = Instant.now();
        int exitCode = maven(arguments);
        Totals totals = new Totals(began);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path report : files.filter(TestRun::isReport).toList()) {
                totals.add(report);
            }
        }
        totals.print(exitCode, Duration.between(began, Instant.now()), log);
        return exitCode != 0 ? exitCode : totals.failed() ? 1 : 0;
    }

    private int maven(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "--no-transfer-progress", "-T3", "verify"));
        command.addAll(arguments);
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        // The README has its reader take the running Millrace's addresses into the shell; they are not for tests.
        builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_") && !name.equals("MILLRACE_CACHE"));
        Process maven = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endAndWait(maven)));
        try (BufferedReader lines = maven.inputReader();
                BufferedWriter all = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all.write(line);
                all.newLine();
                if (WORTH_SHOWING.matcher(line).matches()) {
                    System.out.println(line);
                }
            }
        }
        return maven.waitFor();
    }

    /** On Ctrl-C: the test JVMs stop their servers themselves, given the time. */
    private static void endAndWait(Process maven) {
        maven.destroy();
        maven.onExit().join();
    }

    private static boolean isReport(Path file) {
        String name = file.getFileName().toString();
        String folder = file.getParent().getFileName().toString();
        return name.startsWith("TEST-")
                && name.endsWith(".xml")
                && (folder.equals("surefire-reports") || folder.equals("failsafe-reports"));
    }

    private static boolean isOnPath(String command) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    private static final class Totals {
        private final FileTime began;
        private final List<String> skipped = new ArrayList<>();
        private final List<String> bad = new ArrayList<>();
        private int tests;
        private int failures;
        private int errors;

        Totals(Instant began) {
            this.began = FileTime.from(began);
        }

        void add(Path report) throws Exception {
            if (Files.getLastModifiedTime(report).compareTo(began) < 0) {
                return;
            }
            Element suite = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
            tests += Integer.parseInt(suite.getAttribute("tests"));
            failures += Integer.parseInt(suite.getAttribute("failures"));
            errors += Integer.parseInt(suite.getAttribute("errors"));
            NodeList cases = suite.getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                String name = test.getAttribute("classname") + "." + test.getAttribute("name");
                NodeList skips = test.getElementsByTagName("skipped");
                if (skips.getLength() > 0) {
                    skipped.add(name + ": " + reason((Element) skips.item(0)));
                }
                if (test.getElementsByTagName("failure").getLength() > 0
                        || test.getElementsByTagName("error").getLength() > 0) {
                    bad.add(name);
                }
            }
        }

        /** In the attribute or, for a failed assumption, at the start of the stack trace. */
        private static String reason(Element skip) {
            String message = skip.getAttribute("message");
            return message.isEmpty()
                    ? skip.getTextContent().strip().lines().findFirst().orElse("no reason given")
                    : message;
        }

        boolean failed() {
            return failures + errors > 0;
        }

        void print(int exitCode, Duration took, Path log) {
            System.out.println();
            bad.forEach(name -> System.out.println("FAILED  " + name));
            skipped.forEach(name -> System.out.println("SKIPPED " + name));
            System.out.printf(
                    "Tests: %d run, %d failed, %d errors, %d skipped in %d:%02d%n",
                    tests, failures, errors, skipped.size(), took.toMinutes(), took.toSecondsPart());
            System.out.println(
                    exitCode == 0 && !failed() ? "All tests passed." : "NOT passed. The whole log is " + log);
        }
    }
}
