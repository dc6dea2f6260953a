package io.millrace.kit.problem;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Request ids and problems for a service's main server. */
@Configuration(proxyBeanMethods = false)
public class ProblemConfiguration {

    @Bean
    RequestIds requestIds() {
        return new RequestIds();
    }

    @Bean
    ProblemErrors problemErrors() {
        return new ProblemErrors();
    }
}
