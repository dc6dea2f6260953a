package io.millrace.kit.http;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes an answer on the event loop of its connection, whichever thread made it. Written by another thread, the answer
 * can reach the client, and the client's next request the server, before the server holds the first request for ended;
 * Reactor Netty up to 1.3.7 then now and then never reads from that connection again (its issue 4361).
 */
final class EventLoopResponse extends ServerHttpResponseDecorator {
    private final Scheduler eventLoop;

    private EventLoopResponse(ServerHttpResponse response, Scheduler eventLoop) {
        super(response);
        this.eventLoop = eventLoop;
    }

    static ServerHttpResponse of(ServerHttpResponse response) {
        HttpServerResponse connection = ServerHttpResponseDecorator.getNativeResponse(response);
        AtomicReference<Executor> loop = new AtomicReference<>();
        connection.withConnection(it -> loop.set(it.channel().eventLoop()));
        return new EventLoopResponse(response, Schedulers.fromExecutor(loop.get()));
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return super.writeWith(
                body instanceof Mono<? extends DataBuffer> one
                        ? one.publishOn(eventLoop)
                        : Flux.from(body).publishOn(eventLoop));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> parts) {
        return super.writeAndFlushWith(Flux.from(parts)
                .map(part -> Flux.from(part).publishOn(eventLoop))
                .publishOn(eventLoop));
    }

    @Override
    public Mono<Void> setComplete() {
        return Mono.defer(super::setComplete).subscribeOn(eventLoop);
    }
}
