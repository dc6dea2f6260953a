package io.millrace.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A whole Millrace of its own, started and driven by the launcher as a user would, in a folder below target. */
final class RunningMillrace implements AutoCloseable {
    static final Path ROOT =
            Path.of(System.getProperty("millrace.root", "..")).toAbsolutePath().normalize();
    private static final Pattern EXPORT = Pattern.compile("(?m)^export (MILLRACE_[A-Z0-9_]+)='([^']*)'$");
    private static final int PORTS = 20;
    private static RunningMillrace shared;
    private static int nextPortBase = 18_100;

    private final Path home;
    private final int portBase;

    private RunningMillrace(String name) {
        home = ROOT.resolve("system-tests/target/" + name);
        portBase = freePortBase();
    }

    /** The one that all test classes of this run share; stopped when the JVM ends. */
    static synchronized RunningMillrace shared() {
        if (shared == null) {
            RunningMillrace millrace = new RunningMillrace("millrace");
            Runtime.getRuntime().addShutdownHook(new Thread(millrace::close, "stop-millrace"));
            millrace.run("up", "--fresh").mustSucceed();
            shared = millrace;
        }
        return shared;
    }

    /** Another one, not started, for tests that break things. */
    static RunningMillrace ofItsOwn(String name) {
        return new RunningMillrace(name);
    }

    /**
     * What a command did.
     *
     * @param text everything it printed
     */
    record Outcome(int exitCode, String text) {
        Outcome mustSucceed() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + ":\n" + text);
            }
            return this;
        }
    }

    /** {@code ./millrace} with these arguments. */
    Outcome run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("./millrace"));
        command.addAll(List.of(arguments));
        return execute(command);
    }

    /** A shell command, with the environment that {@code up} wrote. */
    Outcome shell(String script) {
        return execute(List.of("bash", "-c", ". " + home.resolve("env") + " && " + script));
    }

    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("./millrace"));
        command.addAll(List.of(arguments));
        return builder(command).start();
    }

    private Outcome execute(List<String> command) {
        try {
            Path output = Files.createTempFile("millrace", ".out");
            Process process = builder(command).redirectOutput(output.toFile()).start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end:\n" + Files.readString(output));
            }
            String text = Files.readString(output);
            Files.delete(output);
            return new Outcome(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_") && !name.equals("MILLRACE_CACHE"));
        builder.environment().put("MILLRACE_HOME", home.toString());
        builder.environment().put("MILLRACE_PORT_BASE", Integer.toString(portBase));
        // Maven, which runs this test, has built everything; the launcher must not start a second one over it.
        builder.environment().put("MILLRACE_SKIP_BUILD", "1");
        return builder;
    }

    /** What {@code up} wrote for others to source. */
    Map<String, String> environment() {
        try {
            Map<String, String> variables = new HashMap<>();
            Matcher line = EXPORT.matcher(Files.readString(home.resolve("env")));
            while (line.find()) {
                variables.put(line.group(1), line.group(2));
            }
            return variables;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String environment(String name) {
        String value = environment().get(name);
        if (value == null) {
            throw new AssertionError(home.resolve("env") + " has no " + name);
        }
        return value;
    }

    Path home() {
        return home;
    }

    int portBase() {
        return portBase;
    }

    @Override
    public void close() {
        run("down").mustSucceed();
    }

    /** A block of ports that nobody listens on, outside the range the kernel hands out to clients, and handed out once. */
    private static synchronized int freePortBase() {
        while (nextPortBase < 20_000) {
            int base = nextPortBase;
            nextPortBase += 100;
            if (allFree(base)) {
                return base;
            }
        }
        throw new AssertionError("no free block of ports");
    }

    private static boolean allFree(int base) {
        for (int port = base; port < base + PORTS; port++) {
            try (ServerSocket socket = new ServerSocket(port)) {
                socket.setReuseAddress(true);
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
