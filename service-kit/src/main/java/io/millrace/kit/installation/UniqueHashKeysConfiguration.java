package io.millrace.kit.installation;

import io.millrace.kit.eventlog.StartCheck;
import io.millrace.kit.eventlog.StartRefused;
import io.r2dbc.spi.Readable;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The {@link UniqueHashKeys}, read once when the service starts: they never change. Needs
 * {@code EventLogConfiguration}, which sees to it that PostgreSQL has the schema.
 */
@Configuration(proxyBeanMethods = false)
public class UniqueHashKeysConfiguration {

    @Bean
    @DependsOn("eventLog")
    UniqueHashKeys uniqueHashKeys(DatabaseClient postgres, StartCheck start) {
        return start.await("PostgreSQL", keys(postgres));
    }

    private static Mono<UniqueHashKeys> keys(DatabaseClient postgres) {
        return postgres.sql("SELECT unique_hash_key0, unique_hash_key1 FROM installation")
                .map(row -> new UniqueHashKeys(half(row, "unique_hash_key0"), half(row, "unique_hash_key1")))
                .one()
                .switchIfEmpty(Mono.error(() -> new StartRefused(
                        "PostgreSQL holds no keys for unique counts: its first migration was left half done",
                        "Run `migrate` again")));
    }

    private static long half(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class), column);
    }
}
