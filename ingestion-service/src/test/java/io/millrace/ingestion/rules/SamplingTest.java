package io.millrace.ingestion.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.EventId;
import io.millrace.log.Tenant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {
    private static final Tenant TENANT = new Tenant("acme");
    private static final int IDS = 200_000;

    /** Five standard deviations: chance goes beyond that once in two million. */
    private static void isFair(IntFunction<EventId> ids, int oneIn) {
        double expected = (double) IDS / oneIn;
        double deviation = Math.sqrt(expected * (1 - 1.0 / oneIn));
        assertThat((double) letIn(TENANT, ids, IDS, oneIn).size())
                .isBetween(expected - 5 * deviation, expected + 5 * deviation);
    }

    private static List<Integer> letIn(Tenant tenant, IntFunction<EventId> ids, int count, int oneIn) {
        return IntStream.range(0, count)
                .filter(i -> Sampling.letsIn(tenant, ids.apply(i), oneIn))
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 1_000})
    void oneInSoManyIsLetInWhateverIdsAre(int oneIn) {
        Random random = new Random(oneIn);
        isFair(_ -> EventId.of(new UUID(random.nextLong(), random.nextLong())), oneIn);
        // Counted ones, which differ in a few bits.
        isFair(i -> EventId.of(new UUID(0, i)), oneIn);
        isFair(i -> EventId.of("order-" + i), oneIn);
    }

    @Test
    void whoIsLetInIsSaidByTheIdForEver() {
        assertThat(letIn(TENANT, i -> EventId.of("e-" + i), 40, 4))
                .containsExactly(1, 3, 6, 10, 12, 16, 19, 20, 22, 27, 32);
        assertThat(letIn(TENANT, i -> EventId.of(new UUID(0x018f000000007000L, 0x8000000000000000L + i)), 40, 4))
                .containsExactly(0, 9, 11, 15, 16, 18, 19, 20, 22, 25, 31, 34);
    }

    @Test
    void smallerSampleIsPartOfTheLarger() {
        IntFunction<EventId> ids = i -> EventId.of(new UUID(1, i));
        assertThat(letIn(TENANT, ids, 10_000, 7)).containsAll(letIn(TENANT, ids, 10_000, 100));
    }

    @Test
    void tenantsSamplesAreTheirOwn() {
        IntFunction<EventId> ids = i -> EventId.of(new UUID(1, i));
        assertThat(letIn(TENANT, ids, 100, 2)).isNotEqualTo(letIn(new Tenant("other"), ids, 100, 2));
    }
}
