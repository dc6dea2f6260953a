package io.millrace.prove.door;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The codes of problems that a service's own description names. */
final class Codes {
    private static final String PROBLEM = "application/problem+json";
    private static final String EXAMPLES = "examples";

    private Codes() {}

    /** All of an OpenAPI document, whose problems have their codes for the names of their examples. */
    static Set<String> in(String openApi) {
        Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(openApi);
        Set<String> codes = new TreeSet<>();
        maps(document)
                .filter(map -> map.get(PROBLEM) instanceof Map<?, ?> problem && problem.containsKey(EXAMPLES))
                .map(map -> (Map<?, ?>) map.get(PROBLEM))
                .map(problem -> (Map<?, ?>) problem.get(EXAMPLES))
                .forEach(examples -> examples.keySet().forEach(code -> codes.add(String.valueOf(code))));
        return codes;
    }

    private static Stream<Map<?, ?>> maps(Map<?, ?> map) {
        return Stream.concat(
                Stream.of(map),
                map.values().stream().filter(Map.class::isInstance).flatMap(value -> maps((Map<?, ?>) value)));
    }
}
