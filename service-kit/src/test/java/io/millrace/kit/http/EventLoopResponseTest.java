package io.millrace.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class EventLoopResponseTest {
    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final NettyDataBufferFactory buffers = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);
    private final NettyDataBuffer buffer = buffers.allocateBuffer(8);
    private final MockServerHttpResponse response = new MockServerHttpResponse(buffers);
    private boolean answered;
    private final EventLoopResponse onLoop =
            new EventLoopResponse(response, Schedulers.fromExecutor(loop::add), () -> answered);

    @Test
    void answerIsWrittenWhenTheLoopComesToIt() {
        Disposable write = onLoop.writeWith(Mono.just(filled())).subscribe();
        assertThat(response.isCommitted()).isFalse();

        runLoop();

        assertThat(write.isDisposed()).isTrue();
        assertThat(response.getBodyAsString().block()).isEqualTo("done");
    }

    @Test
    void answerThatNobodyWaitsForIsGivenBack() {
        onLoop.writeWith(Mono.just(buffer)).subscribe().dispose();
        runLoop();

        assertThat(buffer.getNativeBuffer().refCnt()).isZero();
        assertThat(response.isCommitted()).isFalse();
    }

    @Test
    void answerBehindTheServersOwnIsGivenBack() {
        answered = true;
        Disposable write =
                onLoop.writeWith(Mono.just(buffer)).then(onLoop.setComplete()).subscribe();
        runLoop();

        assertThat(write.isDisposed()).isTrue();
        assertThat(buffer.getNativeBuffer().refCnt()).isZero();
        assertThat(response.isCommitted()).isFalse();
    }

    private NettyDataBuffer filled() {
        return buffer.write("done".getBytes(StandardCharsets.UTF_8));
    }

    private void runLoop() {
        for (Runnable next = loop.poll(); next != null; next = loop.poll()) {
            next.run();
        }
    }
}
