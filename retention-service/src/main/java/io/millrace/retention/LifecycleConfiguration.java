package io.millrace.retention;

import io.millrace.kit.access.AdminAccess;
import io.millrace.kit.openapi.OpenApiRoute;
import io.millrace.kit.problem.OtherMethods;
import io.millrace.retention.policy.PolicyTable;
import io.millrace.retention.run.RetentionRuns;
import io.millrace.retention.run.RunTable;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The routes of this service. */
@Configuration(proxyBeanMethods = false)
class LifecycleConfiguration {
    @Bean
    RouterFunction<ServerResponse> lifecycle(
            PolicyTable policies, RunTable table, RetentionRuns runs, Clock clock, AdminAccess access) {
        LifecycleRoutes routes = new LifecycleRoutes(policies, table, runs, clock);
        return RouterFunctions.route()
                .GET(LifecycleRoutes.POLICIES, routes::policies)
                .GET(LifecycleRoutes.POLICY, routes::policy)
                .PUT(LifecycleRoutes.POLICY, routes::putPolicy)
                .DELETE(LifecycleRoutes.POLICY, routes::deletePolicy)
                .GET(LifecycleRoutes.RUNS, routes::runs)
                .POST(LifecycleRoutes.RUNS, routes::startRun)
                .GET(LifecycleRoutes.RUN, routes::run)
                .filter((request, next) ->
                        Mono.defer(() -> next.handle(request)).onErrorMap(LifecycleProblem::of))
                .filter(access.demand())
                .build()
                .and(OtherMethods.of(LifecycleRoutes.POLICIES, HttpMethod.GET))
                .and(OtherMethods.of(LifecycleRoutes.POLICY, HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE))
                .and(OtherMethods.of(LifecycleRoutes.RUNS, HttpMethod.GET, HttpMethod.POST))
                .and(OtherMethods.of(LifecycleRoutes.RUN, HttpMethod.GET));
    }

    @Bean
    RouterFunction<ServerResponse> openApi() {
        return OpenApiRoute.route();
    }
}
