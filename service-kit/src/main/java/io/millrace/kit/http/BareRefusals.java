package io.millrace.kit.http;

import io.millrace.kit.problem.Problem;
import io.millrace.kit.problem.Problems;
import io.millrace.kit.problem.RequestIds;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts a problem into the refusals that Reactor Netty gives by itself, with a bare status, to what is no good HTTP: 400,
 * 414 {@code uri_too_long}, 431 {@code request_header_fields_too_large}. They are known by having no request's id.
 */
@ChannelHandler.Sharable
final class BareRefusals extends ChannelOutboundHandlerAdapter {
    private final JsonMapper json = JsonMapper.shared();

    /** {@return the server with this before its connections} */
    HttpServer before(HttpServer server) {
        return server.doOnChannelInit((_, channel, _) -> channel.pipeline().addLast(this));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        // What becomes of it, the promise says.
        var _ = context.write(message instanceof FullHttpResponse bare && isBare(bare) ? told(bare) : message, promise);
    }

    private static boolean isBare(FullHttpResponse response) {
        return response.status().code() >= HttpStatus.BAD_REQUEST.value()
                && !response.content().isReadable()
                && !response.headers().contains(RequestIds.HEADER);
    }

    private FullHttpResponse told(FullHttpResponse bare) {
        HttpStatus status = HttpStatus.valueOf(bare.status().code());
        Problem problem = switch (status) {
            case BAD_REQUEST -> Problems.requestInvalid();
            case INTERNAL_SERVER_ERROR -> Problems.internalError();
            default -> Problems.ofStatus(status);
        };
        String id = RequestIds.made();
        byte[] body = json.writeValueAsBytes(problem.body(id));
        FullHttpResponse told = bare.replace(Unpooled.wrappedBuffer(body));
        bare.release();
        told.headers()
                .set(RequestIds.HEADER, id)
                .set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return told;
    }
}
