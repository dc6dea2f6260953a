package io.millrace.retention;

import io.millrace.retention.policy.DataSet;
import io.millrace.retention.policy.Policy;
import io.millrace.retention.run.Run;
import io.millrace.retention.run.RunAction;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Policies and runs as the API has them; {@code openapi.yaml} describes the forms. */
final class LifecycleJson {
    private LifecycleJson() {}

    /** All data sets, those without a policy too. */
    static Map<String, Object> policies(List<Policy> inForce) {
        Map<DataSet, Policy> byDataSet =
                inForce.stream().collect(Collectors.toMap(Policy::dataSet, Function.identity()));
        return Map.of(
                "policies",
                Arrays.stream(DataSet.values())
                        .map(dataSet -> policy(dataSet, Optional.ofNullable(byDataSet.get(dataSet))))
                        .toList());
    }

    static Map<String, Object> policy(DataSet dataSet, Optional<Policy> policy) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data_set", dataSet.wire());
        put(json, "keep_days", policy.map(Policy::keepDays));
        put(json, "updated_at", policy.map(Policy::updatedAt).map(Instant::toString));
        return json;
    }

    static Map<String, Object> runs(List<Run> runs) {
        return Map.of("runs", runs.stream().map(LifecycleJson::run).toList());
    }

    static Map<String, Object> run(Run run, List<RunAction> actions) {
        Map<String, Object> json = run(run);
        json.put("actions", actions.stream().map(LifecycleJson::action).toList());
        return json;
    }

    private static Map<String, Object> run(Run run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run_id", run.id().toString());
        json.put("started_at", run.startedAt().toString());
        put(json, "finished_at", run.finished().map(Instant::toString));
        json.put("started_by", run.startedBy().wire());
        json.put("dry_run", run.dryRun());
        json.put("outcome", run.outcome().wire());
        put(json, "error", run.failure());
        return json;
    }

    private static Map<String, Object> action(RunAction action) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data_set", action.day().dataSet().wire());
        json.put("day", action.day().day().toString());
        json.put("rows", action.day().rows());
        json.put("bytes", action.day().bytes());
        json.put("state", action.state().wire());
        put(json, "reason", action.why());
        return json;
    }

    /** What is not there is null in JSON, so that every object of a kind has the same members. */
    private static void put(Map<String, Object> json, String name, Optional<?> value) {
        json.put(name, value.orElse(null));
    }
}
