package io.millrace.ingestion.admin;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A second HTTP server in this process. A shutdown takes no more requests and lets those end that have begun. */
final class AdminServer implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

    private final HttpServer blank;
    private final InetSocketAddress address;
    private final HttpHandler handler;
    private final Duration shutdownPatience;
    private @Nullable DisposableServer server;

    /**
     * Does not listen yet.
     *
     * @param blank as the services' servers are, but for address and handler
     */
    AdminServer(HttpServer blank, InetSocketAddress address, HttpHandler handler, Duration shutdownPatience) {
        this.blank = blank;
        this.address = address;
        this.handler = handler;
        this.shutdownPatience = shutdownPatience;
    }

    @Override
    public synchronized void start() {
        try {
            server = blank.bindAddress(() -> address)
                    .handle(new ReactorHttpHandlerAdapter(handler))
                    .bindNow();
        } catch (ChannelBindException e) {
            throw new IllegalStateException("millrace.admin.port " + address.getPort() + " is taken", e);
        }
        LOG.info("administration listens on {}:{}", address.getHostString(), port());
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            server.disposeNow(shutdownPatience);
            server = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    /** The port it listens on; the one asked for, unless that was 0. */
    synchronized int port() {
        if (server == null) {
            throw new IllegalStateException("the admin server does not run");
        }
        return server.port();
    }
}
