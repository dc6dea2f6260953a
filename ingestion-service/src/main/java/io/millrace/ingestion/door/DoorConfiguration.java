package io.millrace.ingestion.door;

import io.millrace.ingestion.body.BodyReader;
import io.millrace.ingestion.body.InFlight;
import io.millrace.ingestion.publish.EventPublisher;
import io.millrace.ingestion.quota.Quotas;
import io.millrace.ingestion.rules.KnownRules;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.metrics.Meters;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The door. Needs {@code BodyConfiguration}, {@code QuotaConfiguration}, {@code RulesConfiguration}, {@code
 * PublishConfiguration} and the kit's log.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DoorSettings.class, EventSettings.class})
public class DoorConfiguration {

    /** What still waits when the time for a graceful end is over has no client any more. */
    @Bean(destroyMethod = "shutdownNow")
    ThreadPoolExecutor doorWorkers(DoorSettings settings) {
        return new ThreadPoolExecutor(
                settings.workers(),
                settings.workers(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.workersQueueMax()),
                Thread.ofPlatform().name("door-", 0).factory());
    }

    @Bean
    DoorParts doorParts(
            BodyReader bodies,
            EventSettings limits,
            KnownRules rules,
            Quotas quotas,
            EventPublisher publisher,
            ThreadPoolExecutor doorWorkers,
            DoorMetrics metrics) {
        return new DoorParts(bodies, limits, rules, quotas, publisher, metrics, doorWorkers);
    }

    @Bean
    DoorMetrics doorMetrics(Meters meters, InFlight inFlight) {
        return new DoorMetrics(meters, inFlight);
    }

    @Bean
    Door door(DoorParts parts, DoorSettings settings, EventLog log, Clock clock) {
        return new Door(parts, settings, log, clock);
    }
}
