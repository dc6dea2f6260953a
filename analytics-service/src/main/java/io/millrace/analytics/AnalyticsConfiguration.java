package io.millrace.analytics;

import io.millrace.analytics.question.QuestionLimits;
import io.millrace.analytics.store.EventStore;
import io.millrace.analytics.store.StoreSettings;
import io.millrace.kit.access.BearerAccess;
import io.millrace.kit.access.Scope;
import io.millrace.kit.connection.ClickHouse;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.metrics.Meters;
import io.millrace.kit.openapi.OpenApiRoute;
import io.millrace.kit.problem.OtherMethods;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The parts of this service and its routes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({QuestionLimits.class, StoreSettings.class})
class AnalyticsConfiguration {
    @Bean
    EventStore eventStore(ClickHouse clickHouse, StoreSettings settings, QuestionLimits limits) {
        return new EventStore(clickHouse, settings, limits.pointsMax());
    }

    @Bean
    RouterFunction<ServerResponse> answers(
            EventStore store, EventLog log, QuestionLimits limits, Meters meters, BearerAccess access) {
        AnswerRoutes routes = new AnswerRoutes(limits, store, log, new QuestionMeters(meters));
        return RouterFunctions.route()
                .GET(Endpoint.COUNTS.path(), routes::counts)
                .GET(Endpoint.TIMESERIES.path(), routes::timeseries)
                .filter(access.demand(Scope.QUERY))
                .build()
                .and(OtherMethods.of(Endpoint.COUNTS.path(), HttpMethod.GET))
                .and(OtherMethods.of(Endpoint.TIMESERIES.path(), HttpMethod.GET));
    }

    @Bean
    RouterFunction<ServerResponse> openApi() {
        return OpenApiRoute.route();
    }
}
