package io.millrace.ingestion.body;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Taking bodies in. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BodySettings.class)
public class BodyConfiguration {

    @Bean
    InFlight inFlight(BodySettings settings) {
        return new InFlight(settings.inFlightSizeMax().toBytes(), settings.inFlightRequestsMax());
    }

    @Bean
    BodyReader bodyReader(BodySettings settings) {
        return new BodyReader(settings);
    }
}
