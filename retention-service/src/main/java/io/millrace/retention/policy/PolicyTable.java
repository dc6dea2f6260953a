package io.millrace.retention.policy;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The table {@code retention_policies}. Every method is one statement, so nothing is ever half done; repeating one
 * changes nothing but the time of the change.
 */
public final class PolicyTable {
    private final DatabaseClient postgres;

    public PolicyTable(DatabaseClient postgres) {
        this.postgres = postgres;
    }

    /** {@return all policies; a data set without one is kept for ever} */
    public Flux<Policy> all() {
        return postgres.sql("SELECT data_set, keep_days, updated_at FROM retention_policies ORDER BY data_set")
                .map(PolicyTable::read)
                .all();
    }

    /** {@return the policy of a data set; empty when it is kept for ever} */
    public Mono<Policy> find(DataSet dataSet) {
        return postgres.sql("SELECT data_set, keep_days, updated_at FROM retention_policies WHERE data_set = :data_set")
                .bind("data_set", dataSet.wire())
                .map(PolicyTable::read)
                .one();
    }

    /** {@return the new policy, stored in place of the old one} */
    public Mono<Policy> put(Policy policy) {
        return postgres.sql("""
                        INSERT INTO retention_policies (data_set, keep_days, updated_at)
                        VALUES (:data_set, :keep_days, :updated_at)
                        ON CONFLICT (data_set) DO UPDATE SET keep_days = :keep_days, updated_at = :updated_at
                        RETURNING data_set, keep_days, updated_at""")
                .bind("data_set", policy.dataSet().wire())
                .bind("keep_days", policy.keepDays())
                .bind("updated_at", policy.updatedAt())
                .map(PolicyTable::read)
                .one();
    }

    /** From now on the data set is kept for ever. */
    public Mono<Void> delete(DataSet dataSet) {
        return postgres.sql("DELETE FROM retention_policies WHERE data_set = :data_set")
                .bind("data_set", dataSet.wire())
                .then();
    }

    private static Policy read(Readable row) {
        String dataSet = Objects.requireNonNull(row.get("data_set", String.class));
        return new Policy(
                DataSet.of(dataSet).orElseThrow(() -> new IllegalStateException("unknown data set " + dataSet)),
                Objects.requireNonNull(row.get("keep_days", Integer.class)),
                Objects.requireNonNull(row.get("updated_at", Instant.class)));
    }
}
