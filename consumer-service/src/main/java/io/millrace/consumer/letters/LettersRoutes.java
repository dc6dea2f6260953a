package io.millrace.consumer.letters;

import io.millrace.kit.connection.ClickHouse;
import io.millrace.kit.problem.Problems;
import io.millrace.log.LogPosition;
import io.millrace.log.Tenant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Dead letters over HTTP. */
final class LettersRoutes {
    static final String LETTERS = "/v1/dead-letters";
    static final String REASONS = LETTERS + "/reasons";
    static final String REPLAYS = LETTERS + "/replays";
    static final String LETTER = LETTERS + "/{position}";

    private static final int LISTED = 50;
    private static final String LIMIT = "limit";

    private final Parts parts;
    private final LettersSettings settings;

    /**
     * What answers rest on.
     *
     * @param replayThreads to block on while letters are replayed
     */
    record Parts(
            ClickHouse clickHouse,
            LetterTable table,
            DatabaseClient postgres,
            ReplayStates states,
            Replays replays,
            Executor replayThreads) {}

    LettersRoutes(Parts parts, LettersSettings settings) {
        this.parts = parts;
        this.settings = settings;
    }

    Mono<ServerResponse> list(ServerRequest request) {
        Map<String, String> query = query(request);
        int limit = limit(Optional.ofNullable(query.remove(LIMIT)));
        LetterFilter filter = FilterText.parse(query);
        return stored(() -> parts.table().page(filter, limit))
                .flatMap(letters ->
                        states(letters).flatMap(states -> json(LettersJson.page(letters, states, next(letters)))));
    }

    /** A page that ended early for its bytes looks like the last one, so only an empty one is the end. */
    private static Optional<LogPosition> next(List<DeadLetter> letters) {
        return letters.isEmpty()
                ? Optional.empty()
                : Optional.of(letters.getLast().position());
    }

    Mono<ServerResponse> reasons(ServerRequest request) {
        LetterFilter filter = FilterText.parse(query(request));
        return stored(() -> parts.table().reasons(filter)).flatMap(counts -> json(LettersJson.reasons(counts)));
    }

    Mono<ServerResponse> letter(ServerRequest request) {
        LogPosition position = Positions.parse(request.pathVariable("position")).orElseThrow(LettersRoutes::unknown);
        return stored(() -> parts.table().find(position))
                .map(letter -> letter.orElseThrow(LettersRoutes::unknown))
                .flatMap(letter -> states(List.of(letter))
                        .flatMap(states -> json(LettersJson.letter(letter, LettersJson.state(states, letter)))));
    }

    Mono<ServerResponse> replay(ServerRequest request) {
        MediaType type = request.headers().contentType().orElse(MediaType.APPLICATION_JSON);
        if (!type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
            return Mono.error(Problems.mediaTypeUnsupported().toException());
        }
        return request.bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                .map(body -> ReplayBody.parse(body, settings.replayedMax()))
                .flatMap(order ->
                        knowTenant(order.mending()).then(selected(order)).flatMap(letters -> act(order, letters)));
    }

    private Mono<ServerResponse> act(ReplayOrder order, Selection selection) {
        Mono<List<Outcome>> outcomes = order.dryRun()
                ? stored(() -> parts.replays().rehearse(selection.letters(), order.mending()))
                : performed(selection.letters(), order.mending());
        return outcomes.flatMap(done -> json(LettersJson.outcomes(order, done, selection.next())));
    }

    /** Goes on when the one who asked goes away: what is begun is cheaper ended than decided afterwards. */
    private Mono<List<Outcome>> performed(List<LogPosition> letters, Mending mending) {
        return Mono.defer(() -> Mono.fromFuture(
                        CompletableFuture.supplyAsync(
                                () -> parts.replays().perform(letters, mending), parts.replayThreads()),
                        true))
                .map(done -> done.orElseThrow(
                        () -> LetterProblem.REPLAY_IN_PROGRESS.because("One runs at a time, over all instances")));
    }

    /**
     * Letters to be replayed, in this order.
     *
     * @param next behind which to go on, when the filter may mean more
     */
    private record Selection(List<LogPosition> letters, Optional<LogPosition> next) {}

    private Mono<Selection> selected(ReplayOrder order) {
        if (order.positions() != null) {
            return Mono.just(new Selection(order.positions(), Optional.empty()));
        }
        return stored(() -> parts.table().positions(order.filter(), order.limit() + 1))
                .map(found -> found.size() <= order.limit()
                        ? new Selection(found, Optional.empty())
                        : new Selection(
                                new ArrayList<>(found.subList(0, order.limit())),
                                Optional.of(found.get(order.limit() - 1))));
    }

    /** A slip of the pen must not make a tenant. */
    private Mono<Void> knowTenant(Mending mending) {
        Tenant tenant = mending.tenant();
        if (tenant == null) {
            return Mono.empty();
        }
        return parts.postgres()
                .sql("SELECT tenant FROM tenants WHERE tenant = :tenant")
                .bind("tenant", tenant.name())
                .map(row -> true)
                .one()
                .switchIfEmpty(
                        Mono.error(() -> LetterProblem.TENANT_UNKNOWN.because("Make it first, or mend its name")))
                .then();
    }

    private <T> Mono<T> stored(Supplier<T> question) {
        return parts.clickHouse().breaker().guard(parts.clickHouse().call(_ -> question.get()));
    }

    private Mono<Map<LogPosition, ReplayState>> states(List<DeadLetter> letters) {
        return parts.states().of(letters.stream().map(DeadLetter::position).toList());
    }

    private static Map<String, String> query(ServerRequest request) {
        Map<String, String> query = new HashMap<>();
        request.queryParams().forEach((name, values) -> {
            if (values.size() > 1) {
                throw LetterProblem.FILTER_INVALID.because(name + " is given more than once");
            }
            query.put(name, values.getFirst() == null ? "" : values.getFirst());
        });
        return query;
    }

    private int limit(Optional<String> asked) {
        String text = asked.orElse(Integer.toString(Math.min(LISTED, settings.listedMax())));
        int limit = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > settings.listedMax()) {
            throw LetterProblem.LIMIT_INVALID.because("limit is 1 to " + settings.listedMax());
        }
        return limit;
    }

    private static RuntimeException unknown() {
        return LetterProblem.LETTER_UNKNOWN.because("Letters are named <log>-<partition>-<offset>");
    }

    private static Mono<ServerResponse> json(Object body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }
}
