package io.millrace.ingestion.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class KnownQuotasTest {
    private static final Tenant SHOP = new Tenant("shop");
    private static final Tenant CLUB = new Tenant("club");
    private static final Quota SOME = new Quota(100L, null, 5);
    private static final Quota MORE = new Quota(200L, null, 5);

    /** Readings that were begun, to be answered when a test wants. */
    private final List<Sinks.One<Map<Tenant, Quota>>> readings = new ArrayList<>();

    private final KnownQuotas known = known(null);
    private final Disposable running = known.start();

    @AfterEach
    void stop() {
        running.dispose();
    }

    @Test
    void nobodyHasAQuotaAtFirst() {
        assertThat(known.isEmpty()).isTrue();
        assertThat(known.of(SHOP)).isNull();
    }

    @Test
    void changeIsReadWhenItIsTold() {
        known.told("");
        answer(0, Map.of(SHOP, SOME));
        assertThat(known.of(SHOP)).isEqualTo(SOME);
        assertThat(known.of(CLUB)).isNull();
        known.listening();
        answer(1, Map.of());
        assertThat(known.isEmpty()).isTrue();
    }

    @Test
    void whatIsToldDuringAReadingIsReadByOneMore() {
        known.told("");
        known.told("");
        known.told("");
        assertThat(readings).hasSize(1);
        answer(0, Map.of(SHOP, SOME));
        assertThat(readings).hasSize(2);
        answer(1, Map.of(SHOP, MORE));
        assertThat(known.of(SHOP)).isEqualTo(MORE);
        assertThat(readings).hasSize(2);
    }

    @Test
    void whoHasNoneOfItsOwnHasTheDefault() {
        KnownQuotas withDefault = known(SOME);
        assertThat(withDefault.isEmpty()).isFalse();
        assertThat(withDefault.of(SHOP)).isEqualTo(SOME);
    }

    @Test
    void databaseThatIsAwayAtFirstLeavesThemUnknown() {
        KnownQuotas away = new KnownQuotas(Mono.error(new IllegalStateException("away")), null);
        away.readFirst();
        assertThat(away.isEmpty()).isTrue();
    }

    private KnownQuotas known(@Nullable Quota byDefault) {
        return new KnownQuotas(
                Mono.defer(() -> {
                    Sinks.One<Map<Tenant, Quota>> reading = Sinks.one();
                    readings.add(reading);
                    return reading.asMono();
                }),
                byDefault);
    }

    private void answer(int reading, Map<Tenant, Quota> quotas) {
        assertThat(readings.get(reading).tryEmitValue(quotas)).isEqualTo(Sinks.EmitResult.OK);
    }
}
