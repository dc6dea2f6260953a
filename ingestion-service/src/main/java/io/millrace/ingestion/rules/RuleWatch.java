package io.millrace.ingestion.rules;

import io.millrace.kit.connection.PostgresListener;
import io.millrace.kit.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps all rules in memory, as they were last read: whole, when the database tells of a change, when it can be heard
 * again, and every now and then. While PostgreSQL is away they stay as they are. Before they have been read once nobody is
 * let in, since nobody knows what is wanted.
 */
public final class RuleWatch implements PostgresListener, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RuleWatch.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final EventRules table;
    private final SchemaCompiler compiler;
    private final RulesSettings settings;
    private final Clock clock;
    private final AtomicInteger wanted = new AtomicInteger();
    private volatile @Nullable Reading latest;
    private volatile boolean failing;
    private volatile Disposable refreshing = Disposables.disposed();

    RuleWatch(EventRules table, SchemaCompiler compiler, RulesSettings settings, Clock clock) {
        this.table = table;
        this.compiler = compiler;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Rules as they were.
     *
     * @param asOf when they were asked for
     */
    record Reading(RuleSet rules, Instant asOf) {}

    /**
     * The rules in force.
     *
     * @throws io.millrace.kit.problem.ProblemException when they have not been read yet
     */
    public RuleSet inForce() {
        Reading reading = latest;
        if (reading == null) {
            throw unavailable().toException();
        }
        return reading.rules();
    }

    /** {@return the answer to events of which nobody can say what is wanted} */
    public static Problem unavailable() {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "rules_unavailable", "The tenant's rules are not known")
                .withDetail("They could not be read from PostgreSQL yet, or one of them cannot be used")
                .withRetryAfter(RETRY_AFTER);
    }

    Optional<Reading> latest() {
        return Optional.ofNullable(latest);
    }

    @Override
    public String channel() {
        return "millrace_rules";
    }

    @Override
    public void told(String payload) {
        readAgain();
    }

    @Override
    public void listening() {
        readAgain();
    }

    /** Before the ports are opened, so that the first request finds rules, if they can be had. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void start() {
        read().block();
        refreshing = Flux.interval(settings.refresh()).onBackpressureDrop().subscribe(_ -> readAgain());
    }

    @Override
    public void stop() {
        refreshing.dispose();
    }

    @Override
    public boolean isRunning() {
        return !refreshing.isDisposed();
    }

    /** One reading at a time, and one more for all that was wanted meanwhile: it begins after the last change was told. */
    private void readAgain() {
        if (wanted.getAndIncrement() == 0) {
            readWanted();
        }
    }

    private void readWanted() {
        int before = wanted.get();
        var _ = read().doFinally(_ -> {
                    if (wanted.addAndGet(-before) > 0) {
                        readWanted();
                    }
                })
                .subscribe();
    }

    /** Never fails: what is known stays, and its age tells. */
    private Mono<Void> read() {
        return Mono.defer(() -> {
            Instant asOf = clock.instant();
            return table.all()
                    .collectList()
                    .timeout(settings.readTimeout())
                    // Many schemas may have to be made ready, which is no work for the driver's threads.
                    .publishOn(Schedulers.boundedElastic())
                    .doOnNext(all -> take(new Reading(RuleSet.of(all, compiler, rulesBefore()), asOf)))
                    .onErrorResume(error -> {
                        fail(error);
                        return Mono.empty();
                    })
                    .then();
        });
    }

    private RuleSet rulesBefore() {
        return latest().map(Reading::rules).orElse(RuleSet.NONE);
    }

    private void take(Reading reading) {
        latest = reading;
        if (failing) {
            failing = false;
            LOG.info("rules can be read again: there are {}", reading.rules().size());
        }
    }

    private void fail(Throwable error) {
        if (!failing) {
            failing = true;
            LOG.warn("rules cannot be read, and those that are known stay in force: {}", error.toString());
        }
    }
}
