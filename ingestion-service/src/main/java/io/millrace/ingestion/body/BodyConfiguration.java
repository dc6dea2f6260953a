package io.millrace.ingestion.body;

import io.millrace.ingestion.publish.EventPublisher;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Taking bodies in. Needs {@code PublishConfiguration}, since they are held until Kafka has what is in them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BodySettings.class)
public class BodyConfiguration {

    @Bean
    InFlight inFlight(BodySettings settings, EventPublisher publisher) {
        return new InFlight(settings.inFlightSizeMax().toBytes(), settings.inFlightRequestsMax(), publisher::settledIn);
    }

    @Bean
    BodyReader bodyReader(BodySettings settings) {
        return new BodyReader(settings);
    }
}
