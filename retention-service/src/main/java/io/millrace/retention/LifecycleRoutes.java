package io.millrace.retention;

import io.millrace.retention.policy.DataSet;
import io.millrace.retention.policy.Policy;
import io.millrace.retention.policy.PolicyTable;
import io.millrace.retention.run.RetentionRuns;
import io.millrace.retention.run.Run;
import io.millrace.retention.run.RunTable;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Policies and runs over HTTP. */
final class LifecycleRoutes {
    static final String POLICIES = "/v1/lifecycle/policies";
    static final String POLICY = POLICIES + "/{data_set}";
    static final String RUNS = "/v1/lifecycle/runs";
    static final String RUN = RUNS + "/{run_id}";

    private static final int RUNS_LISTED = 50;
    private static final int RUNS_LISTED_MAX = 500;

    /** {@code UUID.fromString} also takes shorter forms. */
    private static final Pattern RUN_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final PolicyTable policies;
    private final RunTable table;
    private final RetentionRuns runs;
    private final Clock clock;

    LifecycleRoutes(PolicyTable policies, RunTable table, RetentionRuns runs, Clock clock) {
        this.policies = policies;
        this.table = table;
        this.runs = runs;
        this.clock = clock;
    }

    Mono<ServerResponse> policies(ServerRequest request) {
        return policies.all().collectList().flatMap(inForce -> json(LifecycleJson.policies(inForce)));
    }

    Mono<ServerResponse> policy(ServerRequest request) {
        DataSet dataSet = dataSet(request);
        return policies.find(dataSet)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(policy -> json(LifecycleJson.policy(dataSet, policy)));
    }

    Mono<ServerResponse> putPolicy(ServerRequest request) {
        DataSet dataSet = dataSet(request);
        return LifecycleBody.bytes(request)
                .map(body -> new Policy(
                        dataSet, LifecycleBody.keepDays(body), clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                .flatMap(policies::put)
                .flatMap(policy -> json(LifecycleJson.policy(dataSet, Optional.of(policy))));
    }

    Mono<ServerResponse> deletePolicy(ServerRequest request) {
        return policies.delete(dataSet(request))
                .then(Mono.defer(() -> ServerResponse.noContent().build()));
    }

    Mono<ServerResponse> startRun(ServerRequest request) {
        return LifecycleBody.bytes(request)
                .flatMap(body -> runs.request(LifecycleBody.dryRun(body)))
                .switchIfEmpty(Mono.error(() ->
                        LifecycleProblem.RUN_IN_PROGRESS.because("One runs at a time; its dry runs count as well")))
                .flatMap(run -> whole(run)
                        .flatMap(body -> (run.dryRun()
                                        ? ServerResponse.ok()
                                        : ServerResponse.accepted().location(URI.create(RUNS + "/" + run.id())))
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(body)));
    }

    Mono<ServerResponse> runs(ServerRequest request) {
        return table.newest(limit(request)).collectList().flatMap(found -> json(LifecycleJson.runs(found)));
    }

    Mono<ServerResponse> run(ServerRequest request) {
        String id = request.pathVariable("run_id");
        Mono<Run> found = RUN_ID.matcher(id).matches() ? table.find(UUID.fromString(id)) : Mono.empty();
        return found.switchIfEmpty(
                        Mono.error(() -> LifecycleProblem.RUN_UNKNOWN.because("Old runs are forgotten after a time")))
                .flatMap(this::whole)
                .flatMap(LifecycleRoutes::json);
    }

    private Mono<Map<String, Object>> whole(Run run) {
        return table.actions(run.id()).collectList().map(actions -> LifecycleJson.run(run, actions));
    }

    private static DataSet dataSet(ServerRequest request) {
        return DataSet.of(request.pathVariable("data_set"))
                .orElseThrow(() -> LifecycleProblem.DATA_SET_UNKNOWN.because(
                        "There are events, events_per_minute, events_per_hour and dead_letters"));
    }

    private static int limit(ServerRequest request) {
        String text = request.queryParam("limit").orElse(Integer.toString(RUNS_LISTED));
        int limit = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > RUNS_LISTED_MAX) {
            throw LifecycleProblem.LIMIT_INVALID.because("limit is 1 to " + RUNS_LISTED_MAX);
        }
        return limit;
    }

    private static Mono<ServerResponse> json(Object body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }
}
