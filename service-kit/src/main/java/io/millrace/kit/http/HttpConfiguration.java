package io.millrace.kit.http;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Answers leave on the threads of their connections: see {@link EventLoopResponse}. Each refusal is a problem. */
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration {

    @Bean
    WebHttpHandlerBuilderCustomizer answersOnEventLoops() {
        return builder -> builder.httpHandlerDecorator(
                handler -> (request, response) -> handler.handle(request, EventLoopResponse.before(response)));
    }

    @Bean
    NettyServerCustomizer problemsOfHttp() {
        return new BareRefusals()::before;
    }
}
