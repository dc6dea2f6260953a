package io.millrace.log;

import static io.millrace.log.DuplicateWindow.Verdict.DUPLICATE;
import static io.millrace.log.DuplicateWindow.Verdict.FIRST;
import static io.millrace.log.DuplicateWindow.Verdict.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.log.DuplicateWindow.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicateWindowTest {
    private static final int N = 10;
    private static final long T = 1_000;
    private static final Tenant ACME = new Tenant("acme");

    private final DuplicateWindow window = new DuplicateWindow(terms(N, T));

    @Test
    void secondCopyIsADuplicateUpToNOffsetsLater() {
        assertThat(window.add(ACME, 1, 2, false, 100, 0)).isEqualTo(FIRST);
        assertThat(window.add(ACME, 1, 2, false, 100 + N, 0)).isEqualTo(DUPLICATE);
        assertThat(window.add(ACME, 1, 2, false, 100 + 2 * N + 1, 0)).isEqualTo(FIRST);
        assertThat(window.entries()).isEqualTo(1);
    }

    @Test
    void secondCopyIsADuplicateUpToTLaterOrEarlier() {
        assertThat(window.add(ACME, 1, 2, false, 0, 5_000)).isEqualTo(FIRST);
        assertThat(window.add(ACME, 1, 2, false, 1, 5_000 + T)).isEqualTo(DUPLICATE);
        assertThat(window.add(ACME, 1, 2, false, 2, 5_000)).isEqualTo(DUPLICATE);
        assertThat(window.add(ACME, 1, 2, false, 3, 5_000 + T + 1)).isEqualTo(FIRST);
        assertThat(window.add(ACME, 1, 2, false, 4, 5_000)).isEqualTo(FIRST);
    }

    @Test
    void everyPartOfTheIdentityCounts() {
        assertThat(window.add(ACME, 1, 2, false, 0, 0)).isEqualTo(FIRST);
        assertThat(window.add(ACME, 1, 2, true, 1, 0)).isEqualTo(FIRST);
        assertThat(window.add(new Tenant("other"), 1, 2, false, 2, 0)).isEqualTo(FIRST);
        assertThat(window.add(ACME, 1, 3, false, 3, 0)).isEqualTo(FIRST);
        assertThat(window.add(ACME, 2, 2, false, 4, 0)).isEqualTo(FIRST);
        assertThat(window.add(new Tenant("acme"), 1, 2, false, 5, 0)).isEqualTo(DUPLICATE);
        assertThat(window.entries()).isEqualTo(5);
    }

    @Test
    void whatIsNotFoundIsUnknownWhileDeletedOffsetsLieWithinTheWindow() {
        window.unknownBelow(100, 5_000);
        assertThat(window.add(ACME, 1, 1, false, 100, 5_000)).isEqualTo(UNKNOWN);
        assertThat(window.add(ACME, 1, 1, false, 101, 5_000)).isEqualTo(DUPLICATE);
        assertThat(window.add(ACME, 2, 2, false, 102, 5_000 + T)).isEqualTo(UNKNOWN);
        assertThat(window.add(ACME, 3, 3, false, 103, 5_000 + T + 1)).isEqualTo(FIRST);
        assertThat(window.add(ACME, 4, 4, false, 99 + N, 0)).isEqualTo(UNKNOWN);
        assertThat(window.add(ACME, 5, 5, false, 100 + N, 0)).isEqualTo(FIRST);
    }

    @Test
    void offsetsAscend() {
        window.add(ACME, 1, 1, false, 7, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> window.add(ACME, 2, 2, false, 7, 0));
    }

    @Test
    void takesTheHighestOffsetsThereAre() {
        long last = Long.MAX_VALUE;
        assertThat(window.add(ACME, 1, 1, false, 0, 0)).isEqualTo(FIRST);
        assertThat(window.add(ACME, 1, 1, false, last - N, 0)).isEqualTo(FIRST);
        assertThat(window.add(ACME, 1, 1, false, last, 0)).isEqualTo(DUPLICATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 4_096, 4_097, 10_000})
    void agreesWithADictionaryOfLastOccurrences(int offsetsMax) {
        for (long seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            DuplicateWindow tested = new DuplicateWindow(terms(offsetsMax, T));
            Map<Identity, Occurrence> model = new HashMap<>();
            long offset = random.nextInt(3);
            long receivedAt = 1_000_000;
            int identities = 1 + random.nextInt(2 * offsetsMax);
            for (int i = 0; i < 20_000 + 3 * offsetsMax; i++) {
                receivedAt += random.nextInt(2_000) - 900;
                Identity identity = Identity.random(random, identities);
                Occurrence last = model.put(identity, new Occurrence(offset, receivedAt));
                Verdict expected = last != null
                                && offset - last.offset <= offsetsMax
                                && Math.abs(receivedAt - last.receivedAt) <= T
                        ? DUPLICATE
                        : FIRST;
                assertThat(tested.add(identity.tenant, identity.high, identity.low, identity.text, offset, receivedAt))
                        .as("seed %d, offset %d", seed, offset)
                        .isEqualTo(expected);
                offset += gap(random, offsetsMax);
            }
            long lastOffset =
                    model.values().stream().mapToLong(Occurrence::offset).max().orElseThrow();
            assertThat(tested.entries())
                    .isEqualTo(model.values().stream()
                            .filter(o -> lastOffset - o.offset < offsetsMax)
                            .count());
        }
    }

    @Test
    void aFullWindowOfAMillionTakesAtMostFortyBytesAnEvent() {
        int million = 1_000_000;
        DuplicateWindow full = new DuplicateWindow(terms(million, T));
        assertThat(full.bytes()).isLessThan(5_000);
        Random random = new Random(1);
        for (int i = 0; i < million + million / 2; i++) {
            full.add(ACME, random.nextLong(), random.nextLong(), false, i, i);
        }
        assertThat(full.entries()).isEqualTo(million);
        assertThat((double) full.bytes() / million).isBetween(33.0, (double) DuplicateWindow.EVENT_BYTES_MAX);
        full.add(ACME, 1, 1, false, 3L * million, 0);
        assertThat(full.bytes()).as("after a gap longer than the window").isLessThan(200_000);
    }

    @Test
    void tenantsThatAreGoneTakeNoMemory() {
        for (int i = 0; i < 100_000; i++) {
            window.add(new Tenant("t" + i), 1, 1, false, i, 0);
        }
        assertThat(window.bytes()).isLessThan(10_000);
    }

    private static long gap(Random random, int offsetsMax) {
        return switch (random.nextInt(2_000)) {
            case 0 -> offsetsMax;
            case 1 -> offsetsMax + 1;
            case 2 -> 3L * offsetsMax;
            default -> 1 + random.nextInt(10) / 9;
        };
    }

    private static LogTerms terms(int offsets, long millis) {
        return new LogTerms(1, 1, offsets, Duration.ofMillis(millis), Duration.ofHours(1));
    }

    private record Identity(Tenant tenant, long high, long low, boolean text) {
        static Identity random(Random random, int identities) {
            Tenant tenant = new Tenant("tenant" + random.nextInt(3));
            return new Identity(tenant, random.nextInt(identities), random.nextInt(2), random.nextBoolean());
        }
    }

    private record Occurrence(long offset, long receivedAt) {}
}
