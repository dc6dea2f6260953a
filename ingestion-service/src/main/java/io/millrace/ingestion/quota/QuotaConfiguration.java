package io.millrace.ingestion.quota;

import io.millrace.kit.metrics.Meters;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Quotas. Needs {@code PostgresConnection} and the kit's access, whose connection hears of changes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuotaSettings.class)
public class QuotaConfiguration {

    @Bean
    TenantQuotas tenantQuotas(DatabaseClient postgres) {
        return new TenantQuotas(postgres);
    }

    @Bean
    KnownQuotas knownQuotas(TenantQuotas quotas, QuotaSettings settings) {
        return new KnownQuotas(quotas.all(), settings.defaultQuota());
    }

    @Bean
    Budgets budgets() {
        return new Budgets();
    }

    @Bean
    QuotaExchange quotaExchange(
            DatabaseClient postgres, KnownQuotas knownQuotas, Budgets budgets, QuotaSettings settings) {
        return new QuotaExchange(new QuotaLeases(postgres), knownQuotas, budgets, settings);
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
