package io.millrace.prove.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection of a consumer. Each request is read whole before ClickHouse gets any of it, over a connection of its own,
 * and each answer before the consumer does: so a request can be held, halved or cut exactly, and goes on its way although
 * its sender is dead.
 */
final class ProxiedConnection implements Runnable {
    private static final Pattern QUERY_ID = Pattern.compile("[?&]query_id=([^& ]*)");
    private static final String EXPECT = "expect";
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    /** How far into a body its statement is looked for. */
    private static final int STATEMENT_BYTES_MAX = 4_096;

    private final int consumer;
    private final Socket downstream;
    private final int clickHousePort;
    private final Ambushes ambushes;
    private final ExchangeLog log;

    ProxiedConnection(int consumer, Socket downstream, int clickHousePort, Ambushes ambushes, ExchangeLog log) {
        this.consumer = consumer;
        this.downstream = downstream;
        this.clickHousePort = clickHousePort;
        this.ambushes = ambushes;
        this.log = log;
    }

    @Override
    public void run() {
        try (downstream) {
            InputStream in = new BufferedInputStream(downstream.getInputStream(), 1 << 16);
            boolean last = false;
            while (!last) {
                last = handle(readRequest(in));
            }
        } catch (IOException closed) {
            // By the consumer, by ClickHouse or on purpose: whoever is left sees its connection closed too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpMessage readRequest(InputStream in) throws IOException {
        String head = HttpMessage.readHead(in);
        if (!HttpMessage.field(head, EXPECT).isEmpty()) {
            downstream.getOutputStream().write(CONTINUE);
            head = HttpMessage.without(head, EXPECT);
        }
        return HttpMessage.readBody(head, in, false);
    }

    private boolean handle(HttpMessage request) throws IOException, InterruptedException {
        Instant began = log.now();
        Exchange exchange = exchange(request);
        String outcome = "no answer";
        try {
            ambushes.pass(exchange, Moment.BEFORE);
            HttpMessage answer = ask(request, exchange);
            outcome = answer.head().lines().findFirst().orElse("");
            ambushes.pass(exchange, Moment.ANSWERED);
            OutputStream out = downstream.getOutputStream();
            out.write(answer.headBytes());
            out.write(answer.body());
            out.flush();
            ambushes.pass(exchange, Moment.HANDED_OVER);
            return answer.last();
        } catch (IOException e) {
            outcome += ", " + e.getMessage();
            throw e;
        } finally {
            log.add(began, exchange, outcome);
        }
    }

    private HttpMessage ask(HttpMessage request, Exchange exchange) throws IOException, InterruptedException {
        try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), clickHousePort)) {
            upstream.setTcpNoDelay(true);
            OutputStream out = upstream.getOutputStream();
            int half = request.body().length / 2;
            out.write(request.headBytes());
            out.write(request.body(), 0, half);
            out.flush();
            ambushes.pass(exchange, Moment.HALF);
            out.write(request.body(), half, request.body().length - half);
            out.flush();
            ambushes.pass(exchange, Moment.SENT);
            InputStream in = new BufferedInputStream(upstream.getInputStream(), 1 << 16);
            return HttpMessage.readBody(HttpMessage.readHead(in), in, true);
        }
    }

    private Exchange exchange(HttpMessage request) {
        String line = request.head().lines().findFirst().orElse("");
        Matcher named = QUERY_ID.matcher(line);
        String queryId = named.find() ? decoded(named.group(1)) : "";
        int bytes = Math.min(STATEMENT_BYTES_MAX, request.body().length);
        String body = new String(request.body(), 0, bytes, StandardCharsets.ISO_8859_1);
        return new Exchange(consumer, Step.of(decoded(line) + "\n" + body), queryId);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
