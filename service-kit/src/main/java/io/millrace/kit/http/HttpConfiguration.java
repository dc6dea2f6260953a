package io.millrace.kit.http;

import io.millrace.kit.problem.ProblemErrors;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.support.HandlerFunctionAdapter;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.function.server.support.ServerResponseResultHandler;
import org.springframework.web.server.WebFilter;

/** Answers leave on the threads of their connections: see {@link EventLoopResponse}. Each refusal is a problem. */
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration {

    @Bean
    WebHttpHandlerBuilderCustomizer answersOnEventLoops() {
        return builder -> builder.httpHandlerDecorator(
                handler -> (request, response) -> handler.handle(request, EventLoopResponse.before(response)));
    }

    /** {@link ProblemErrors} answers everything; each other one that stands ready for errors costs every request. */
    @Bean
    WebHttpHandlerBuilderCustomizer problemsOnly() {
        return builder -> builder.exceptionHandlers(all -> all.removeIf(one -> !(one instanceof ProblemErrors)));
    }

    @Bean
    RoutesFirst routesFirst(
            List<RouterFunction<ServerResponse>> routes,
            ServerCodecConfigurer codecs,
            HandlerFunctionAdapter adapter,
            ServerResponseResultHandler writer)
            throws Exception {
        RouterFunctionMapping mapping = new RouterFunctionMapping(FirstMatch.of(routes));
        mapping.setMessageReaders(codecs.getReaders());
        mapping.afterPropertiesSet();
        return new RoutesFirst(mapping, adapter, writer);
    }

    /** A filter that has no order would now and then be left out. */
    @Bean
    SmartInitializingSingleton routesBehindAllFilters(ObjectProvider<WebFilter> filters) {
        return () -> {
            WebFilter last = filters.orderedStream().toList().getLast();
            if (!(last instanceof RoutesFirst)) {
                throw new IllegalStateException(last.getClass() + " needs an order, to come before the routes");
            }
        };
    }

    @Bean
    NettyServerCustomizer problemsOfHttp() {
        return new BareRefusals()::before;
    }
}
