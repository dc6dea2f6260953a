package io.millrace.ingestion.quota;

import io.millrace.kit.connection.PostgresCopy;
import io.millrace.kit.metrics.Meters;
import io.millrace.log.Tenant;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Quotas. Needs {@code PostgresConnection} and the kit's access, whose connection hears of changes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuotaSettings.class)
public class QuotaConfiguration {

    @Bean
    TenantQuotas tenantQuotas(DatabaseClient postgres, PostgresqlConnectionFactory postgresConnections) {
        return new TenantQuotas(postgres, DatabaseClient.create(postgresConnections));
    }

    @Bean
    PostgresCopy<Map<Tenant, Quota>> quotasCopy(TenantQuotas quotas, QuotaSettings settings, Clock clock) {
        // As V5__quotas.sql has it.
        var terms = new PostgresCopy.Terms("quotas", "millrace_quotas", settings.fresh(), settings.readTimeout());
        return new PostgresCopy<>(terms, quotas.all(), (all, _) -> Mono.just(all), clock);
    }

    @Bean
    KnownQuotas knownQuotas(PostgresCopy<Map<Tenant, Quota>> quotasCopy, QuotaSettings settings) {
        return new KnownQuotas(quotasCopy, settings.defaultQuota());
    }

    @Bean
    Budgets budgets() {
        return new Budgets();
    }

    @Bean
    QuotaExchange quotaExchange(DatabaseClient postgres, Budgets budgets, QuotaSettings settings) {
        return new QuotaExchange(new QuotaLeases(postgres), budgets, settings);
    }

    @Bean
    Quotas quotas(KnownQuotas knownQuotas, Budgets budgets, QuotaExchange quotaExchange, Meters meters) {
        QuotaMetrics metrics = new QuotaMetrics(meters, budgets, quotaExchange);
        return new Quotas(knownQuotas, budgets, quotaExchange, metrics);
    }

    @Bean
    RateLimitHeaders rateLimitHeaders(Quotas quotas) {
        return new RateLimitHeaders(quotas);
    }
}
