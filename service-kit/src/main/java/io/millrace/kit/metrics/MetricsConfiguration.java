package io.millrace.kit.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Meters with names, units and help texts. The common tag {@code service} is set in {@code millrace-service.yaml}. */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {

    @Bean
    Meters meters(MeterRegistry registry) {
        return new Meters(registry);
    }

    /** Static, so that it is in place before the first meter is. */
    @Bean
    static BorrowedMeters borrowedMeters() {
        return new BorrowedMeters();
    }
}
