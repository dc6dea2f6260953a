package io.millrace.kit;

import io.millrace.kit.http.HttpConfiguration;
import io.millrace.kit.metrics.MetricsConfiguration;
import io.millrace.kit.problem.ProblemConfiguration;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What every service imports: the clock, the HTTP server, problems and request ids, and the metrics' conventions. */
@Configuration(proxyBeanMethods = false)
@Import({HttpConfiguration.class, ProblemConfiguration.class, MetricsConfiguration.class})
public class ServiceBasics {

    /** The one place where time comes from. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
