package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker-compose.yml} beside what it repeats: modules, ports, versions and the names of settings. */
final class ComposeFileTest {
    private static final Path ROOT = RunningMillrace.ROOT;
    private static final Path FILE = ROOT.resolve("docker-compose.yml");
    private static final String COMPOSE = "docker-compose";
    private static final Ports PORTS = new Ports(Ports.DEFAULT_BASE);

    /** What a service may be configured by, so that a compose file never grows settings of its own. */
    private static final Set<String> CONTRACT = Set.of(
            "SERVER_PORT",
            "SERVER_ADDRESS",
            "MILLRACE_ADMIN_PORT",
            "MILLRACE_ADMIN_TOKEN",
            "MILLRACE_KAFKA",
            "MILLRACE_CLICKHOUSE_URL",
            "MILLRACE_POSTGRES_URL",
            "MILLRACE_S3_URL");

    private final String text = Files.readString(FILE);
    private final Map<String, Container> containers = containers(text);

    /** One entry under {@code services}. */
    private record Container(Map<String, Object> fields) {
        String module() {
            return String.valueOf(map(map(fields.get("build")).get("args")).get("MODULE"));
        }

        boolean isOurs() {
            return fields.containsKey("build");
        }

        Map<String, Object> environment() {
            return map(fields.get("environment"));
        }

        List<String> published() {
            return fields.get("ports") instanceof Collection<?> ports
                    ? ports.stream().map(String::valueOf).toList()
                    : List.of();
        }

        String waitsFor(String other) {
            return String.valueOf(map(map(fields.get("depends_on")).get(other)).get("condition"));
        }

        @SuppressWarnings("unchecked")
        private static Map<String, Object> map(Object value) {
            return value == null ? Map.of() : (Map<String, Object>) value;
        }
    }

    ComposeFileTest() throws IOException {}

    @Test
    void everyServiceModuleHasAContainer() throws IOException {
        List<String> modules = Pattern.compile("<module>([^<]*-service)</module>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .toList();
        assertThat(modules).hasSize(4);
        assertThat(containers).containsKeys(modules.toArray(String[]::new));
        assertThat(modules)
                .allSatisfy(module -> assertThat(container(module).module()).isEqualTo(module));
        assertThat(container("migrate").module()).isEqualTo("cli");
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void everyPartIsPublishedAtItsPort(Part part) {
        List<String> hostPorts = container(part.id()).published().stream()
                .map(port -> port.split(":", -1)[1])
                .toList();
        // The controller is for brokers, of which there is one.
        Stream<Integer> expected = part == Part.KAFKA ? Stream.of(PORTS.of(Part.KAFKA)) : PORTS.all(part).stream();
        assertThat(hostPorts)
                .containsExactlyInAnyOrderElementsOf(
                        expected.map(String::valueOf).toList());
    }

    @Test
    void nothingIsPublishedBeyondThisMachine() {
        assertThat(containers.values().stream().flatMap(container -> container.published().stream()))
                .hasSizeGreaterThan(8)
                .allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void servicesListenWhereTheyArePublished() {
        assertThat(Part.services())
                .allSatisfy(part ->
                        assertThat(container(part.id()).environment()).containsEntry("SERVER_PORT", PORTS.of(part)));
        assertThat(container("ingestion-service").environment()).containsEntry("MILLRACE_ADMIN_PORT", PORTS.admin());
        assertThat(String.valueOf(container("kafka").environment().get("KAFKA_LISTENERS")))
                .contains("://:" + PORTS.of(Part.KAFKA));
    }

    @Test
    void settingsAreThoseOfTheContract() {
        assertThat(containers.values().stream().filter(Container::isOurs))
                .hasSize(5)
                .allSatisfy(container ->
                        assertThat(CONTRACT).containsAll(container.environment().keySet()));
    }

    @Test
    void theAdministratorsTokenGoesToThoseWhoAskForIt() {
        assertThat(containers.entrySet().stream()
                        .filter(entry -> entry.getValue().environment().containsKey("MILLRACE_ADMIN_TOKEN"))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("ingestion-service", "retention-service", "consumer-service");
    }

    @Test
    void servicesWaitForTheMigrationAndItForTheServers() {
        assertThat(Part.services())
                .allSatisfy(part -> assertThat(container(part.id()).waitsFor("migrate"))
                        .isEqualTo("service_completed_successfully"));
        assertThat(List.of("kafka", "clickhouse", "postgres"))
                .allSatisfy(server ->
                        assertThat(container("migrate").waitsFor(server)).isEqualTo("service_healthy"));
    }

    @Test
    void everythingThatStaysIsAskedForItsHealth() {
        assertThat(containers.keySet().stream().filter(name -> !name.equals("migrate")))
                .allSatisfy(name -> assertThat(container(name).fields()).containsKey("healthcheck"));
    }

    @Test
    void passwordsAreMarkedAsLocalAndCanBeReplaced() {
        assertThat(Pattern.compile("local-[a-z-]+").matcher(text).results().count())
                .isEqualTo(Pattern.compile("\\$\\{MILLRACE_[A-Z0-9_]+:-local-[a-z-]+}")
                        .matcher(text)
                        .results()
                        .count())
                .isGreaterThan(5);
    }

    @Test
    void imagesHaveTheVersionsOfTheLocalServers() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        assertThat(image("kafka")).isEqualTo("apache/kafka:" + property(pom, "kafka.version"));
        assertThat(property(pom, "postgresql-server.version"))
                .startsWith(image("postgres").replace("postgres:", "") + ".");
        assertThat(image("s3")).isEqualTo("andrewgaul/s3proxy:s3proxy-" + property(pom, "s3proxy.version"));
    }

    @Test
    void composeReadsTheFile() throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "the Debian package " + COMPOSE + " is missing");
        Process process = new ProcessBuilder(COMPOSE, "-f", FILE.toString(), "config", "--quiet")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private Container container(String name) {
        assertThat(containers).containsKey(name);
        return containers.getOrDefault(name, new Container(Map.of()));
    }

    private String image(String name) {
        return String.valueOf(container(name).fields().get("image"));
    }

    private static String property(String pom, String name) {
        return Pattern.compile("<" + Pattern.quote(name) + ">([^<]*)<")
                .matcher(pom)
                .results()
                .map(value -> value.group(1))
                .collect(Collectors.joining());
    }

    private static Map<String, Container> containers(String text) {
        Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return Container.map(file.get("services")).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Container(Container.map(entry.getValue()))));
    }

    private static boolean isInstalled() {
        List<Path> found = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path candidate = Path.of(folder, COMPOSE);
            if (Files.isExecutable(candidate)) {
                found.add(candidate);
            }
        }
        return !found.isEmpty();
    }
}
