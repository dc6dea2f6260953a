package io.millrace.kit.http;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;

/** Answers leave on the threads of their connections: see {@link EventLoopResponse}. Each refusal is a problem. */
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration {

    @Bean
    WebHttpHandlerBuilderCustomizer answersOnEventLoops() {
        return builder -> builder.httpHandlerDecorator(
                handler -> (request, response) -> handler.handle(request, EventLoopResponse.before(response)));
    }

    /** Ours come first: each mapping that is asked in vain costs every request. */
    @Bean
    static BeanPostProcessor routesBeforeControllers() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof RouterFunctionMapping routes) {
                    routes.setOrder(Ordered.HIGHEST_PRECEDENCE);
                }
                return bean;
            }
        };
    }

    @Bean
    NettyServerCustomizer problemsOfHttp() {
        return new BareRefusals()::before;
    }
}
