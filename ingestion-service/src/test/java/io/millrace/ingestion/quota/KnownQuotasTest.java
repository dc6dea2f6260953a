package io.millrace.ingestion.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kit.connection.PostgresCopy;
import io.millrace.log.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class KnownQuotasTest {
    private static final Tenant SHOP = new Tenant("shop");
    private static final Tenant CLUB = new Tenant("club");
    private static final Quota SOME = new Quota(100L, null, 5);
    private static final Quota MORE = new Quota(200L, null, 5);

    @Test
    void nobodyHasAQuotaAtFirst() {
        KnownQuotas known = known(Mono.error(new IllegalStateException("away")), null);
        assertThat(known.isEmpty()).isTrue();
        assertThat(known.of(SHOP)).isNull();
    }

    @Test
    void tenantHasItsOwn() {
        KnownQuotas known = known(Mono.just(Map.of(SHOP, SOME)), null);
        assertThat(known.isEmpty()).isFalse();
        assertThat(known.of(SHOP)).isEqualTo(SOME);
        assertThat(known.of(CLUB)).isNull();
    }

    @Test
    void whoHasNoneOfItsOwnHasTheDefault() {
        KnownQuotas known = known(Mono.just(Map.of(SHOP, MORE)), SOME);
        assertThat(known.of(SHOP)).isEqualTo(MORE);
        assertThat(known.of(CLUB)).isEqualTo(SOME);
        assertThat(known(Mono.just(Map.of()), SOME).isEmpty()).isFalse();
    }

    private static KnownQuotas known(Mono<Map<Tenant, Quota>> database, @Nullable Quota byDefault) {
        var terms = new PostgresCopy.Terms("quotas", "none", Duration.ofHours(1), Duration.ofSeconds(5));
        PostgresCopy<Map<Tenant, Quota>> copy =
                new PostgresCopy<>(terms, database, (all, _) -> Mono.just(all), Clock.systemUTC());
        copy.start();
        copy.stop();
        return new KnownQuotas(copy, byDefault);
    }
}
