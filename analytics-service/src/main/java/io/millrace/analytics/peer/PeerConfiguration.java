package io.millrace.analytics.peer;

import io.millrace.analytics.tail.LogTail;
import io.millrace.analytics.tail.TailSettings;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.installation.UniqueHashKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The other instances, and the way they ask this one. Needs the tail and the installation's keys. */
@Configuration(proxyBeanMethods = false)
public class PeerConfiguration {
    /** Replies are as large as answers may be. */
    private static final int REPLY_BYTES_MAX = 16 << 20;

    @Bean
    LiveTail liveTail(LogTail tail, TailSettings settings, UniqueHashKeys keys, EventLog log) {
        WebClient http = WebClient.builder()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(REPLY_BYTES_MAX))
                .build();
        return new LiveTail(
                tail,
                new Peers(http, new PeerToken(keys), settings.peerTimeout()),
                log.terms().partitions());
    }

    @Bean
    RouterFunction<ServerResponse> peerRoute(LogTail tail, UniqueHashKeys keys) {
        return new PeerRoute(tail, new PeerToken(keys)).route();
    }
}
