package io.millrace.analytics;

import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.QuestionParameters;
import io.millrace.kit.access.Caller;
import io.millrace.log.Tenant;
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

    /** Answers what is asked at an endpoint. */
    Mono<ServerResponse> answer(Endpoint endpoint, ServerRequest request) {
        return meters.measured(endpoint, () -> {
                    MultiValueMap<String, String> given = request.queryParams();
                    Question question = question(endpoint, Caller.of(request).tenant(), given);
                    return answers.ask(question, parameters.after(given))
                            .map(made -> new QuestionMeters.Measured<>(
                                    made.stored().table(), AnswerJson.write(made.answer())));
                })
                .flatMap(body -> respond(request, body));
    }

    private Question question(Endpoint endpoint, Tenant tenant, MultiValueMap<String, String> given) {
        return switch (endpoint) {
            case COUNTS -> parameters.counts(tenant, given);
            case TIMESERIES -> parameters.timeseries(tenant, given);
            case UNIQUES -> parameters.uniques(tenant, given);
            case TOP -> parameters.top(tenant, given);
        };
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
