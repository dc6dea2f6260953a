package io.millrace.analytics;

import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.QuestionLimits;
import io.millrace.analytics.question.QuestionParameters;
import io.millrace.analytics.store.AnswerSize;
import io.millrace.analytics.store.EventStore;
import io.millrace.analytics.store.StoredResult;
import io.millrace.kit.access.Caller;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.log.Tenant;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The questions of the API. A request's tenant is its key's, and this is the one place where a question gets it. */
final class AnswerRoutes {
    private final QuestionParameters parameters;
    private final AnswerSize size;
    private final EventStore store;
    private final EventLog log;
    private final QuestionMeters meters;

    AnswerRoutes(QuestionLimits limits, EventStore store, EventLog log, QuestionMeters meters) {
        this.parameters = new QuestionParameters(limits);
        this.size = new AnswerSize(limits.pointsMax());
        this.store = store;
        this.log = log;
        this.meters = meters;
    }

    Mono<ServerResponse> counts(ServerRequest request) {
        return answer(Endpoint.COUNTS, request, parameters::counts);
    }

    Mono<ServerResponse> timeseries(ServerRequest request) {
        return answer(Endpoint.TIMESERIES, request, parameters::timeseries);
    }

    private Mono<ServerResponse> answer(
            Endpoint endpoint,
            ServerRequest request,
            BiFunction<Tenant, MultiValueMap<String, String>, Question> reading) {
        return meters.measured(endpoint, () -> {
                    Question question = reading.apply(Caller.of(request).tenant(), request.queryParams());
                    size.require(question, List.of());
                    return store.ask(question)
                            // On the store's thread: the answer may be of megabytes.
                            .map(result -> new QuestionMeters.Measured<>(result.table(), written(question, result)));
                })
                .flatMap(body -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body));
    }

    private byte[] written(Question question, StoredResult result) {
        size.require(question, result.totals());
        return AnswerJson.write(Answer.stored(question, result, log.terms().logId()));
    }
}
