package io.millrace.localstack;

import io.millrace.localstack.cache.Cache;
import io.millrace.localstack.process.ProcessIdentity;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A stack of some servers for one test class, in an empty folder, ended by force afterwards. */
public final class PrivateStack implements BeforeAllCallback, AfterAllCallback {
    private final StackFolder folder;
    private final Set<Part> parts;
    private final Ports ports = Ports.free();

    public PrivateStack(String name, Part first, Part... others) {
        this.folder = new StackFolder(Path.of("target", "private-stacks", name));
        this.parts = EnumSet.of(first, others);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        endAll();
        Cache.delete(folder.root());
        stack().start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        endAll();
    }

    /** A new view of the same folder, as a second program would have it. */
    public LocalStack stack() {
        return LocalStack.of(plan());
    }

    public StackPlan plan() {
        return StackPlan.of(folder.root(), ports, parts);
    }

    public StackFolder folder() {
        return folder;
    }

    public ProcessIdentity process(Part part) {
        return folder.process(part).running().orElseThrow();
    }

    private void endAll() {
        Part.servers().forEach(part -> folder.process(part).kill());
    }
}
