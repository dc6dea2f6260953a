package io.millrace.kit.http;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
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
 * Reactor Netty up to 1.3.7 then now and then never reads from that connection again (its issue 4361). The loop itself hands
 * it on to a later turn, too: written amid what it does for a request's head, an answer leaves the connection so as well.
 */
public final class EventLoopResponse extends ServerHttpResponseDecorator {
    private final Scheduler eventLoop;
    private final BooleanSupplier answered;

    /**
     * An answer that is written elsewhere.
     *
     * @param eventLoop where
     * @param answered whether an answer has been sent, by whomever
     */
    EventLoopResponse(ServerHttpResponse response, Scheduler eventLoop, BooleanSupplier answered) {
        super(response);
        this.eventLoop = eventLoop;
        this.answered = answered;
    }

    static ServerHttpResponse before(ServerHttpResponse response) {
        HttpServerResponse connection = ServerHttpResponseDecorator.getNativeResponse(response);
        AtomicReference<Executor> loop = new AtomicReference<>();
        connection.withConnection(it -> loop.set(it.channel().eventLoop()));
        return new EventLoopResponse(response, Schedulers.fromExecutor(loop.get()), connection::hasSentHeaders);
    }

    /**
     * Finds what writes an answer.
     *
     * @param response of an exchange of this service
     */
    public static EventLoopResponse of(ServerHttpResponse response) {
        ServerHttpResponse at = response;
        while (at instanceof ServerHttpResponseDecorator outer) {
            if (outer instanceof EventLoopResponse found) {
                return found;
            }
            at = outer.getDelegate();
        }
        throw new IllegalArgumentException("HttpConfiguration was not there for this response");
    }

    /** {@return the event loop of the connection} Nothing that is done there may wait. */
    public Scheduler eventLoop() {
        return eventLoop;
    }

    /**
     * Whether an answer has been sent already, before any handler has made one: the server does so when what comes in is no
     * good HTTP any more. What had come in of the body until then looks as if it were all.
     */
    public boolean isAnswered() {
        return answered.getAsBoolean();
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return body instanceof Mono<? extends DataBuffer> one
                ? one.flatMap(this::write)
                : super.writeWith(onEventLoop(body));
    }

    /** The buffer is this method's until the loop has come to it: a client that leaves before must not take it along. */
    private Mono<Void> write(DataBuffer buffer) {
        AtomicBoolean handedOver = new AtomicBoolean();
        return Mono.defer(() ->
                        isTooLate() || handedOver.getAndSet(true) ? Mono.empty() : super.writeWith(Mono.just(buffer)))
                .subscribeOn(eventLoop)
                .doFinally(_ -> {
                    if (!handedOver.getAndSet(true)) {
                        DataBufferUtils.release(buffer);
                    }
                });
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> parts) {
        return super.writeAndFlushWith(Flux.from(parts).map(this::onEventLoop).publishOn(eventLoop));
    }

    private Flux<DataBuffer> onEventLoop(Publisher<? extends DataBuffer> body) {
        return Flux.<DataBuffer>from(body).publishOn(eventLoop).doOnDiscard(DataBuffer.class, DataBufferUtils::release);
    }

    @Override
    public Mono<Void> setComplete() {
        return Mono.defer(() -> isTooLate() ? Mono.empty() : super.setComplete())
                .subscribeOn(eventLoop);
    }

    /** To a body that breaks off Reactor Netty gives an answer of its own, and what is read so far goes on its way here. */
    private boolean isTooLate() {
        return answered.getAsBoolean() && !isCommitted();
    }
}
