package io.millrace.cli.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code MILLRACE_…} settings a command works with: the process's environment first, then the file {@code env} of
 * the home. The home is {@code MILLRACE_HOME} or else the nearest {@code .millrace} upwards of the working directory
 * that holds such a file.
 */
public final class Environment {
    static final String HOME = "MILLRACE_HOME";
    static final String HOME_FOLDER = ".millrace";
    static final String FILE = "env";

    private final Map<String, String> process;
    private final Map<String, String> file;
    private final Path home;

    private Environment(Map<String, String> process, Map<String, String> file, Path home) {
        this.process = Map.copyOf(process);
        this.file = Map.copyOf(file);
        this.home = home;
    }

    /**
     * Reads the home's file, if there is one.
     *
     * @throws IOException when the file is there but cannot be read or holds a line that is no assignment
     */
    public static Environment read(Map<String, String> process, Path workingDirectory) throws IOException {
        Path home = home(process, workingDirectory);
        Path file = home.resolve(FILE);
        return new Environment(process, Files.exists(file) ? EnvironmentFile.read(file) : Map.of(), home);
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(process.get(name))
                .or(() -> Optional.ofNullable(file.get(name)))
                .filter(value -> !value.isBlank());
    }

    /**
     * A setting's value.
     *
     * @throws MissingSettingException when neither place has a value
     */
    public String require(String name) throws MissingSettingException {
        return find(name).orElseThrow(() -> new MissingSettingException(name, home.resolve(FILE)));
    }

    /** The home's folder, which need not exist yet. */
    public Path home() {
        return home;
    }

    private static Path home(Map<String, String> process, Path workingDirectory) {
        String named = process.get(HOME);
        if (named != null && !named.isBlank()) {
            return workingDirectory.resolve(named);
        }
        for (Path folder = workingDirectory.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve(HOME_FOLDER);
            if (Files.exists(candidate.resolve(FILE))) {
                return candidate;
            }
        }
        return workingDirectory.resolve(HOME_FOLDER);
    }
}
