package io.millrace.prove.stage;

import io.millrace.localstack.Checkout;
import io.millrace.localstack.Part;
import io.millrace.localstack.ServiceArchive;
import io.millrace.localstack.process.Command;
import io.millrace.localstack.process.JavaCommand;
import io.millrace.localstack.process.ManagedProcess;
import io.millrace.localstack.process.PidFile;
import io.millrace.localstack.process.SharedClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the instances of one service are started.
 *
 * @param name of the service in a run
 * @param folder of the run
 * @param archive what is run
 * @param options of its virtual machine, beside those that all have
 * @param arguments settings that differ from what is shipped
 */
record ServiceLaunch(String name, Path folder, Path archive, List<String> options, List<String> arguments) {
    private static final List<String> OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final List<String> MUCH_HEAP = List.of("-XX:+UseSerialGC", "-Xmx640m");

    /** Consumers with short patience, since most faults wait for a takeover. */
    static ServiceLaunch ofConsumers(Path folder) throws IOException {
        return of(
                "consumer",
                Part.CONSUMER,
                folder,
                MUCH_HEAP,
                List.of(
                        // The broker's least: a takeover is waited for in most faults.
                        "--millrace.consumer.session-timeout=6s",
                        // Which a takeover waits for too, and what is held back shall outlast.
                        "--millrace.consumer.insert-deadline=6s",
                        // Short enough for an answer that is held back to be given up within a run.
                        "--millrace.clickhouse.socket-timeout=8s",
                        "--millrace.consumer.retry-max=2s"));
    }

    /** Instances that share the tail's partitions, with so little room that they drop what is stored. */
    static ServiceLaunch ofAnalytics(Path folder) throws IOException {
        return of(
                "analytics",
                Part.ANALYTICS,
                folder,
                MUCH_HEAP,
                List.of(
                        "--millrace.tail.group=prove-seam",
                        "--millrace.tail.address=127.0.0.1:${server.port}",
                        "--millrace.tail.memory-max=4MB"));
    }

    /** Doors with the heap of {@code up}, in which Netty follows each of its buffers and reports those that are lost. */
    static ServiceLaunch ofDoors(Path folder) throws IOException {
        List<String> options = new ArrayList<>(Part.INGESTION.heapOptions());
        options.add("-Dio.netty.leakDetection.level=paranoid");
        return of(
                "door",
                Part.INGESTION,
                folder,
                options,
                List.of(
                        // The detector says at its start that it is one.
                        "--logging.level.io.netty.util.ResourceLeakDetector=debug",
                        // Bodies that never end are waited for by the hundred.
                        "--millrace.ingestion.body-timeout=3s"));
    }

    private static ServiceLaunch of(String name, Part part, Path folder, List<String> options, List<String> arguments)
            throws IOException {
        ServiceArchive built = new ServiceArchive(Checkout.find().root(), part);
        Path unpacked = folder.resolve(name);
        built.unpack(unpacked);
        return new ServiceLaunch(name, folder, built.runnable(unpacked), options, arguments);
    }

    ManagedProcess process(String instance) {
        return new ManagedProcess(
                instance, new PidFile(folder.resolve("run").resolve(instance + ".pid")), log(instance));
    }

    Path log(String instance) {
        return folder.resolve("logs").resolve(instance + ".log");
    }

    Command command(int port, Map<String, String> environment) {
        List<String> all = new ArrayList<>(OPTIONS);
        all.addAll(options);
        all.addAll(new SharedClasses(folder.resolve(name + "-classes.jsa")).options());
        List<String> program = new ArrayList<>(List.of("-jar", archive.toString(), "--server.port=" + port));
        program.addAll(arguments);
        return new Command(JavaCommand.of(all, program), environment, folder);
    }
}
