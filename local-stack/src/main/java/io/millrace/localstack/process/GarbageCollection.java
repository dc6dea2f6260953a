package io.millrace.localstack.process;

import java.io.IOException;
import java.nio.file.Path;

/** A collection of all garbage in another virtual machine of ours: what its heap holds afterwards is held on purpose. */
public final class GarbageCollection {
    private GarbageCollection() {}

    /** Causes one and waits for its end. */
    public static void in(long pid) {
        try {
            Process collection = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (collection.waitFor() != 0) {
                throw new StackException("the virtual machine with pid " + pid + " made no collection");
            }
        } catch (IOException e) {
            throw new StackException("cannot run jcmd", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting for a collection", e);
        }
    }
}
