package io.millrace.ingestion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.Yaml;

/** What openapi.yaml promises. */
final class Documented {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private final Map<?, ?> document;

    private Documented(Map<?, ?> document) {
        this.document = document;
    }

    /**
     * One answer.
     *
     * @param operation such as {@code POST /v1/events}
     * @param code of the problem; empty for a success
     */
    record Answer(String operation, int status, String code) implements Comparable<Answer> {
        @Override
        public int compareTo(Answer other) {
            return toString().compareTo(other.toString());
        }
    }

    static Documented read() {
        try (InputStream in = new ClassPathResource("openapi.yaml").getInputStream()) {
            return new Documented(new Yaml().load(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        map(document, "paths")
                .forEach((path, item) -> resolved((Map<?, ?>) item).keySet().stream()
                        .filter(METHODS::contains)
                        .forEach(method -> operations.add(operation(method, path))));
        return operations;
    }

    /** The methods in capitals that a path has. */
    Set<String> methods(String path) {
        Set<String> methods = new TreeSet<>();
        resolved(map(map(document, "paths"), path)).keySet().stream()
                .filter(METHODS::contains)
                .forEach(method -> methods.add(method.toString().toUpperCase(java.util.Locale.ROOT)));
        return methods;
    }

    List<String> paths() {
        return map(document, "paths").keySet().stream().map(Object::toString).toList();
    }

    Set<Answer> answers() {
        Set<Answer> answers = new LinkedHashSet<>();
        map(document, "paths")
                .forEach((path, item) -> resolved((Map<?, ?>) item).forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        map((Map<?, ?>) operation, "responses")
                                .forEach((status, response) -> codes(resolved((Map<?, ?>) response))
                                        .forEach(code -> answers.add(new Answer(
                                                operation(method, path), Integer.parseInt(status.toString()), code))));
                    }
                }));
        return answers;
    }

    private static String operation(Object method, Object path) {
        return method.toString().toUpperCase(java.util.Locale.ROOT) + " " + path;
    }

    private Map<?, ?> resolved(Map<?, ?> node) {
        Object reference = node.get("$ref");
        if (reference == null) {
            return node;
        }
        Map<?, ?> found = document;
        for (String step : List.of(reference.toString().substring(2).split("/", -1))) {
            found = map(found, step);
        }
        return found;
    }

    private static Set<String> codes(Map<?, ?> response) {
        if (response.get("content") instanceof Map<?, ?> content
                && content.get("application/problem+json") instanceof Map<?, ?> problem) {
            Set<String> codes = new TreeSet<>();
            map(problem, "examples").keySet().forEach(code -> codes.add(code.toString()));
            return codes;
        }
        return Set.of("");
    }

    private static Map<?, ?> map(Map<?, ?> parent, String key) {
        return (Map<?, ?>) Objects.requireNonNull(parent.get(key), key);
    }
}
