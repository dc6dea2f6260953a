package io.millrace.analytics;

import com.github.benmanes.caffeine.cache.Ticker;
import io.millrace.analytics.history.History;
import io.millrace.analytics.history.HistoryMeters;
import io.millrace.analytics.history.HistorySettings;
import io.millrace.analytics.peer.LiveTail;
import io.millrace.analytics.question.QuestionLimits;
import io.millrace.analytics.question.QuestionParameters;
import io.millrace.analytics.seam.Seam;
import io.millrace.analytics.store.AnswerSize;
import io.millrace.analytics.store.EventStore;
import io.millrace.analytics.store.StateWatch;
import io.millrace.analytics.store.StoreSettings;
import io.millrace.analytics.store.TenantSettings;
import io.millrace.analytics.tail.LogEndBoard;
import io.millrace.analytics.tail.TailConfiguration;
import io.millrace.kit.access.BearerAccess;
import io.millrace.kit.access.Scope;
import io.millrace.kit.connection.ClickHouse;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.installation.UniqueHashKeys;
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
@EnableConfigurationProperties({HistorySettings.class, QuestionLimits.class, StoreSettings.class, TenantSettings.class})
class AnalyticsConfiguration {
    @Bean
    EventStore eventStore(
            ClickHouse clickHouse,
            StoreSettings settings,
            TenantSettings tenants,
            UniqueHashKeys keys,
            QuestionLimits limits) {
        return new EventStore(clickHouse, settings, tenants, keys, limits.pointsMax());
    }

    @Bean
    StateWatch stateWatch(ClickHouse clickHouse, StoreSettings settings, EventLog log) {
        return new StateWatch(clickHouse, settings, log.terms().logId());
    }

    @Bean
    TailConfiguration.StoredTo storedTo(StateWatch watch) {
        return watch::storedTo;
    }

    @Bean
    History history(EventStore store, StateWatch watch, HistorySettings settings, Meters meters) {
        return new History(store::ask, watch::latest, settings, new HistoryMeters(meters), Ticker.systemTicker());
    }

    @Bean
    Answers answers(History history, LiveTail tail, LogEndBoard ends, EventLog log, QuestionLimits limits) {
        return new Answers(
                history, tail, new Seam(log.terms(), ends), new AnswerSize(limits.pointsMax()), limits.afterMax());
    }

    @Bean
    RouterFunction<ServerResponse> answerRoutes(
            Answers answers, EventLog log, QuestionLimits limits, Meters meters, BearerAccess access) {
        AnswerRoutes routes =
                new AnswerRoutes(new QuestionParameters(limits, log.terms()), answers, new QuestionMeters(meters));
        RouterFunctions.Builder all = RouterFunctions.route();
        for (Endpoint endpoint : Endpoint.values()) {
            all.add(RouterFunctions.route()
                    .GET(endpoint.path(), request -> routes.answer(endpoint, request))
                    .filter(access.demand(Scope.QUERY))
                    .build());
            all.add(OtherMethods.of(endpoint.path(), HttpMethod.GET));
        }
        return all.build();
    }

    @Bean
    RouterFunction<ServerResponse> openApi() {
        return OpenApiRoute.route();
    }
}
