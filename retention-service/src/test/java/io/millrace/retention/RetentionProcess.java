package io.millrace.retention;

import io.millrace.kit.ServiceProcess;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service in a process of its own, which can be killed. */
record RetentionProcess(ServiceProcess process) implements AutoCloseable {

    static RetentionProcess start(LocalStack stack, Path log, Map<String, String> settings) {
        return new RetentionProcess(
                ServiceProcess.start(RetentionService.class.getName(), Part.RETENTION, stack, log, settings));
    }

    HttpResponse<String> send(String method, String path, String body) {
        return process.send(method, path, body);
    }

    JsonNode runs() {
        return json("/v1/lifecycle/runs").path("runs");
    }

    JsonNode run(String id) {
        return json("/v1/lifecycle/runs/" + id);
    }

    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }

    private JsonNode json(String path) {
        return JsonMapper.shared().readTree(send("GET", path, "").body());
    }
}
