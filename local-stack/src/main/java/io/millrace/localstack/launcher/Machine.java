package io.millrace.localstack.launcher;

import io.millrace.localstack.Checkout;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.localstack.ProcessServer;
import io.millrace.localstack.Server;
import io.millrace.localstack.ServiceArchive;
import io.millrace.localstack.StackFolder;
import io.millrace.localstack.StackPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All parts of one Millrace on this machine, running or not. */
final class Machine {
    private final StackFolder folder;
    private final Ports ports;
    private final StackPlan plan;
    private final LocalStack stack;
    private final Path root = Checkout.find().root();

    Machine(StackFolder folder, Ports ports, Map<String, String> environment) {
        this.folder = folder;
        this.ports = ports;
        Map<String, String> settled = new HashMap<>(environment);
        settled.put(Ports.VARIABLE, Integer.toString(ports.base()));
        this.plan = StackPlan.of(folder, settled);
        this.stack = LocalStack.of(plan);
    }

    Ports ports() {
        return ports;
    }

    /** Whether somebody else runs this part. */
    boolean isExternal(Part part) {
        return plan.external().containsKey(part);
    }

    /** Checks before anything is started that every part that does not run can have its ports. */
    void requirePorts() {
        for (Part part : Part.values()) {
            if (folder.process(part).running().isEmpty() && !isExternal(part)) {
                ports.require(part);
            }
        }
    }

    LocalStack stack() {
        return stack;
    }

    StackFolder folder() {
        return folder;
    }

    Addresses addresses() {
        return new Addresses(ports);
    }

    boolean s3First() {
        return plan.s3Disk();
    }

    int port(Part part) {
        return ports.of(part);
    }

    List<Server> servers() {
        return Part.servers().stream().map(stack::server).toList();
    }

    List<Server> services() {
        return Part.services().stream().map(this::service).toList();
    }

    List<Server> all() {
        List<Server> all = new ArrayList<>(servers());
        all.addAll(services());
        return all;
    }

    /** Whether a service runs another build than the present one. */
    boolean isOutdated(Part service) {
        return folder.process(service).running().isPresent() && recipe(service).isOutdated();
    }

    private Server service(Part part) {
        return new ProcessServer(part, addresses().of(part).toString(), ports, folder.process(part), recipe(part));
    }

    private ServiceRecipe recipe(Part part) {
        Map<String, String> settings = new HashMap<>(stack.environment());
        settings.put("SERVER_PORT", Integer.toString(ports.of(part)));
        settings.put("MILLRACE_ADMIN_PORT", Integer.toString(ports.admin()));
        Path buildNote = folder.root().resolve("run").resolve(part.id() + ".build");
        return new ServiceRecipe(
                new ServiceArchive(root, part), buildNote, addresses().of(part), settings);
    }
}
