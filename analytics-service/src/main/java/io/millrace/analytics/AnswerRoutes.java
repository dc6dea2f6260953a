package io.millrace.analytics;

import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.QuestionParameters;
import io.millrace.kit.access.Caller;
import io.millrace.log.Tenant;
import java.util.function.BiFunction;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The questions of the API. A request's tenant is its key's, and this is the one place where a question gets it. */
final class AnswerRoutes {
    private final QuestionParameters parameters;
    private final Answers answers;
    private final QuestionMeters meters;

    AnswerRoutes(QuestionParameters parameters, Answers answers, QuestionMeters meters) {
        this.parameters = parameters;
        this.answers = answers;
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
                    return answers.ask(question, parameters.after(request.queryParams()))
                            .map(made -> new QuestionMeters.Measured<>(
                                    made.stored().table(), AnswerJson.write(made.answer())));
                })
                .flatMap(body -> respond(request, body));
    }

    /** Or says that the asker has that answer already. */
    private static Mono<ServerResponse> respond(ServerRequest request, AnswerBody body) {
        return request.checkNotModified(body.etag())
                .switchIfEmpty(Mono.defer(() -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .eTag(body.etag())
                        .bodyValue(body.bytes())));
    }
}
