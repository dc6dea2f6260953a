package io.millrace.retention.run;

import io.millrace.kit.connection.ClickHouse;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.metrics.Meters;
import io.millrace.retention.expiry.Expiry;
import io.millrace.retention.policy.PolicyTable;
import io.millrace.retention.storage.EventStorage;
import io.millrace.retention.storage.KafkaLog;
import io.millrace.retention.storage.StorageChanges;
import io.millrace.retention.storage.StorageSettings;
import io.r2dbc.pool.ConnectionPool;
import java.time.Clock;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Policies and runs, and what they work on. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RetentionSettings.class, StorageSettings.class})
public class RunConfiguration {

    @Bean
    PolicyTable policyTable(DatabaseClient postgres) {
        return new PolicyTable(postgres);
    }

    @Bean
    RunTable runTable(DatabaseClient postgres) {
        return new RunTable(postgres);
    }

    @Bean
    EventStorage eventStorage(ClickHouse clickHouse, StorageSettings settings) {
        return new EventStorage(clickHouse, settings);
    }

    @Bean
    StorageChanges storageChanges(ClickHouse clickHouse, StorageSettings settings) {
        return new StorageChanges(clickHouse, settings);
    }

    @Bean
    KafkaLog kafkaLog(Admin kafka, EventLog log) {
        return new KafkaLog(kafka, log);
    }

    @Bean
    RunMeters runMeters(Meters meters) {
        return new RunMeters(meters);
    }

    @Bean
    Settlement settlement(RunTable runs, EventStorage storage, StorageChanges changes, Clock clock) {
        return new Settlement(runs, storage, changes, clock);
    }

    @Bean
    ExpiredDays expiredDays(
            PolicyTable policies, EventStorage storage, KafkaLog kafka, EventLog log, RetentionSettings settings) {
        Expiry.Limits limits = new Expiry.Limits(settings.sealDelay(), settings.daysMax());
        return new ExpiredDays(policies, storage, kafka, new ExpiredDays.Bounds(log.terms(), limits));
    }

    @Bean
    DayDrop dayDrop(RunTable runs, EventStorage storage, StorageChanges changes, RunMeters meters) {
        return new DayDrop(runs, storage, changes, meters);
    }

    @Bean
    ExpiryRun expiryRun(ExpiredDays expiredDays, DayDrop drop, RunTable runs) {
        return new ExpiryRun(expiredDays, drop, runs);
    }

    @Bean
    RetentionRuns retentionRuns(
            ConnectionPool postgresPool,
            RunTable runs,
            ExpiryRun work,
            Settlement settlement,
            RetentionSettings settings,
            RunMeters meters,
            Clock clock) {
        // A pooled connection would keep the lock when it went back to the pool.
        RetentionRuns.Parts parts = new RetentionRuns.Parts(postgresPool.unwrap(), runs, work, settlement);
        return new RetentionRuns(parts, settings, meters, clock);
    }
}
