package io.millrace.ingestion.admin;

import io.micrometer.observation.ObservationRegistry;
import io.millrace.ingestion.quota.TenantQuotas;
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
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * The administration API on its own port, at the main server's address. Needs {@code QuotaConfiguration} and the kit's
 * access and admin token.
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
            List<WebHttpHandlerBuilderCustomizer> customizers) {
        WebHandler handler = RouterFunctions.toWebHandler(routes.all(), HandlerStrategies.withDefaults());
        WebHttpHandlerBuilder builder = WebHttpHandlerBuilder.webHandler(handler)
                .filter(new RequestIds())
                .exceptionHandler(new ProblemErrors())
                .observationRegistry(observations);
        customizers.forEach(customizer -> customizer.customize(builder));
        return new AdminServer(
                address(main.getAddress(), settings.port()), builder.build(), settings.shutdownPatience());
    }

    @Bean
    AdminGate adminGate(AdminAccess access, TierSettings tiers, Meters meters) {
        return new AdminGate(access, new CallLimits(tiers), meters);
    }

    @Bean
    AdminEndpoint adminEndpoint(AdminServerSettings settings, Tenants tenants, ApiKeys keys) {
        return new AdminEndpoint(tenants, keys, new AdminBodies(settings.bodyTimeout()));
    }

    @Bean
    QuotaEndpoint quotaEndpoint(AdminServerSettings settings, Tenants tenants, TenantQuotas quotas) {
        return new QuotaEndpoint(tenants, quotas, new AdminBodies(settings.bodyTimeout()));
    }

    @Bean
    AdminRoutes adminRoutes(AdminGate gate, AdminEndpoint tenantsAndKeys, QuotaEndpoint quotas) {
        return new AdminRoutes(tenantsAndKeys.routes(gate).and(quotas.routes(gate)));
    }

    private static InetSocketAddress address(@Nullable InetAddress address, int port) {
        return address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port);
    }
}
