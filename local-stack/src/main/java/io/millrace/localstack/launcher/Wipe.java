package io.millrace.localstack.launcher;

import io.millrace.localstack.Part;
import io.millrace.localstack.StackFolder;
import io.millrace.localstack.cache.Cache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Throws a Millrace's data away. */
final class Wipe {
    /** What there is beside the parts' data. Anything else in the folder is not ours. */
    private static final List<String> OTHERS = List.of("logs", "run", "tenants", "env", "secrets.properties");

    private Wipe() {}

    static void of(Home home) throws IOException {
        StackFolder folder = home.folder();
        Down.stop(new Machine(folder, home.portsInUse(System.getenv()), System.getenv()));
        for (Part part : Part.servers()) {
            Cache.delete(folder.data(part));
        }
        for (String other : OTHERS) {
            Path path = folder.root().resolve(other);
            if (Files.isDirectory(path)) {
                Cache.delete(path);
            } else {
                Files.deleteIfExists(path);
            }
        }
        System.out.println("All data in " + folder.root() + " was thrown away.");
    }
}
