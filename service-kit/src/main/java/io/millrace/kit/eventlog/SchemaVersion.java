package io.millrace.kit.eventlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The schema this release was built for, as the newest migration in {@code common-schema} says, and whether a database
 * has it. A newer schema is accepted: migrations only add, so that releases can be rolled over.
 */
final class SchemaVersion {
    private static final Pattern NAME = Pattern.compile("V(\\d+)__\\w+\\.sql");

    private final String database;
    private final int needed;

    private SchemaVersion(String database, int needed) {
        this.database = database;
        this.needed = needed;
    }

    /**
     * What is needed of a database.
     *
     * @param database its name, for people
     * @param folder of its migrations on the class path
     */
    static SchemaVersion of(String database, String folder) {
        try {
            Resource[] found =
                    new PathMatchingResourcePatternResolver().getResources("classpath*:" + folder + "/V*.sql");
            int newest = Arrays.stream(found)
                    .map(resource -> NAME.matcher(Objects.requireNonNullElse(resource.getFilename(), "")))
                    .filter(Matcher::matches)
                    .map(matcher -> Integer.valueOf(matcher.group(1)))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IllegalStateException("no migrations under " + folder));
            return new SchemaVersion(database, newest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the statement that lists Flyway's runs: version and whether it succeeded} */
    static String history() {
        return "SELECT version, success FROM flyway_schema_history WHERE version IS NOT NULL";
    }

    /**
     * One row of {@link #history()}.
     *
     * @param version such as {@code 3}
     */
    record Run(String version, boolean success) {}

    /**
     * Accepts a database or not.
     *
     * @param runs all of {@link #history()}
     * @throws StartRefused when it is behind, or a migration failed there
     */
    void check(List<Run> runs) {
        if (runs.stream().anyMatch(run -> !run.success())) {
            throw new StartRefused(
                    "a migration of " + database + " failed and was left half done",
                    "Look at what `migrate` said, mend it, and run `migrate` again");
        }
        int present = runs.stream()
                .map(Run::version)
                .filter(version -> version.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
        if (present < needed) {
            throw behind("is at version " + present);
        }
    }

    StartRefused behind(String state) {
        return new StartRefused(
                "the schema of " + database + " " + state + ", this release needs version " + needed,
                "Run `migrate` of this release");
    }
}
