package io.millrace.kit.access;

import io.millrace.kit.breaker.Breaker;
import io.millrace.kit.breaker.BreakerOpen;
import io.millrace.kit.breaker.Verdict;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import reactor.core.publisher.Mono;

/** Asks the database about a key: for so long at most, and not while it is known to be away. */
final class KeyLookup {
    private final Function<byte[], Mono<Optional<ApiKey>>> database;
    private final Duration timeout;
    private final Breaker postgres;

    /**
     * Looks keys up.
     *
     * @param database the look-up by hash
     */
    KeyLookup(Function<byte[], Mono<Optional<ApiKey>>> database, Duration timeout, Breaker postgres) {
        this.database = database;
        this.timeout = timeout;
        this.postgres = postgres;
    }

    /** {@return the key of that hash, if there is one; fails with an error that {@link #isAway} tells from a bug} */
    Mono<Optional<ApiKey>> find(byte[] hash) {
        // The limit is within the breaker, which is to hear of a look-up that takes too long.
        return postgres.guard(Mono.defer(() -> database.apply(hash)).timeout(timeout));
    }

    /** The database is heard of again, so there is no need to try it out. */
    void databaseIsThere() {
        postgres.serverIsThere();
    }

    /** Whether nobody could be asked. That there is no such key is no error. */
    static boolean isAway(Throwable error) {
        return error instanceof BreakerOpen || judge(error) == Verdict.AWAY;
    }

    static Verdict judge(Throwable error) {
        return error instanceof R2dbcException
                        || error instanceof TimeoutException
                        || error instanceof DataAccessException
                        || error instanceof IOException
                ? Verdict.AWAY
                : Verdict.NOTHING;
    }
}
