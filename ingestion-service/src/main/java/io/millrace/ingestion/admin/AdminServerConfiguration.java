package io.millrace.ingestion.admin;

import io.micrometer.observation.ObservationRegistry;
import io.millrace.ingestion.quota.TenantQuotas;
import io.millrace.ingestion.rules.EventRules;
import io.millrace.ingestion.rules.SchemaCompiler;
import io.millrace.kit.access.AdminAccess;
import io.millrace.kit.access.ApiKeys;
import io.millrace.kit.access.Tenants;
import io.millrace.kit.metrics.Meters;
import io.millrace.kit.problem.ProblemErrors;
import io.millrace.kit.problem.RequestIds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.http.server.HttpServer;

/**
 * The administration API on its own port, at the main server's address. Needs {@code QuotaConfiguration}, {@code
 * RulesConfiguration} and the kit's access and admin token.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AdminServerSettings.class, TierSettings.class})
public class AdminServerConfiguration {

    @Bean
    AdminServer adminServer(
            AdminServerSettings settings,
            ServerProperties main,
            AdminRoutes routes,
            ObservationRegistry observations,
            List<WebHttpHandlerBuilderCustomizer> customizers,
            List<NettyServerCustomizer> serverCustomizers) {
        WebHandler handler = RouterFunctions.toWebHandler(routes.all(), HandlerStrategies.withDefaults());
        WebHttpHandlerBuilder builder = WebHttpHandlerBuilder.webHandler(handler)
                .filter(new RequestIds())
                .exceptionHandler(new ProblemErrors())
                .observationRegistry(observations);
        customizers.forEach(customizer -> customizer.customize(builder));
        HttpServer blank = HttpServer.create();
        for (NettyServerCustomizer customizer : serverCustomizers) {
            blank = customizer.apply(blank);
        }
        return new AdminServer(
                blank, address(main.getAddress(), settings.port()), builder.build(), settings.shutdownPatience());
    }

    @Bean
    AdminGate adminGate(AdminAccess access, TierSettings tiers, Meters meters) {
        return new AdminGate(access, new CallLimits(tiers), meters);
    }

    @Bean
    AdminRequests adminRequests(AdminServerSettings settings) {
        return new AdminRequests(settings.bodyTimeout());
    }

    @Bean
    AdminEndpoint adminEndpoint(AdminRequests requests, Tenants tenants, ApiKeys keys) {
        return new AdminEndpoint(tenants, keys, requests);
    }

    @Bean
    QuotaEndpoint quotaEndpoint(AdminRequests requests, Tenants tenants, TenantQuotas quotas) {
        return new QuotaEndpoint(tenants, quotas, requests);
    }

    @Bean
    RulesEndpoint rulesEndpoint(AdminRequests requests, Tenants tenants, EventRules rules, SchemaCompiler schemas) {
        return new RulesEndpoint(requests, tenants, rules, schemas);
    }

    @Bean
    AdminRoutes adminRoutes(AdminGate gate, AdminEndpoint tenantsAndKeys, QuotaEndpoint quotas, RulesEndpoint rules) {
        return new AdminRoutes(
                tenantsAndKeys.routes(gate).and(quotas.routes(gate)).and(rules.routes(gate)));
    }

    private static InetSocketAddress address(@Nullable InetAddress address, int port) {
        return address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port);
    }
}
