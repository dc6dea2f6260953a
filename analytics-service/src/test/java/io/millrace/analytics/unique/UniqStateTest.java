package io.millrace.analytics.unique;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UniqStateTest {
    /** {@code SELECT hex(CAST(uniqState(number) AS String)) FROM numbers(5)} on ClickHouse 26.7; has the hash 0. */
    private static final String FIVE = "0005000000007518F0A8CED8F8092CCBC234E7830665";

    @Test
    void formIsClickHouses() {
        assertThat(new UniqState().toBytes()).containsExactly(0, 0);
        assertThat(content(of(0, 1, 2, 3, 4)))
                .isEqualTo(content(UniqState.of(HexFormat.of().parseHex(FIVE))));
        assertThat(of(0, 1, 2, 3, 4).toBytes()).hasSize(FIVE.length() / 2);
    }

    @Test
    void base64IsReadAsItsBytes() {
        String text = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(FIVE));
        assertThat(UniqState.ofBase64(text).count()).isEqualTo(new UniqCount(5, true, 0));
        assertThatExceptionOfType(UniqStateException.class).isThrownBy(() -> UniqState.ofBase64("_"));
    }

    @Test
    void userCountsOnceHoweverOftenAdded() {
        assertThat(of(7, 7, 0, 7, 0).count()).isEqualTo(new UniqCount(2, true, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 9, 127, 128, 16_383, 16_384, 40_000, 65_536, 70_000, 300_000})
    void writtenStateReadsBackTheSame(int users) {
        UniqState state = random(users, users);
        assertThat(content(UniqState.of(state.toBytes()))).isEqualTo(content(state));
        assertThat(UniqState.of(state.toBytes()).count()).isEqualTo(state.count());
    }

    @Test
    void thinsWithOneHashMoreThanFit() {
        UniqState state = new UniqState();
        SplittableRandom random = new SplittableRandom(1);
        while (state.count().users() < UniqState.HASHES_MAX) {
            state.add(random.nextLong());
        }
        Content full = content(state);
        assertThat(full.skipDegree()).isZero();
        assertThat(full.hashes()).hasSize(UniqState.HASHES_MAX);

        // The first that is new; its hash may be odd, then it is dropped with the others.
        UniqState more = new UniqState();
        while (content(state).skipDegree() == 0) {
            long next = random.nextLong();
            state.add(next);
            more = of(next);
        }
        List<Integer> even = Stream.of(full, content(more))
                .flatMap(content -> content.hashes().stream())
                .filter(hash -> hash % 2 == 0)
                .sorted()
                .toList();
        assertThat(content(state)).isEqualTo(new Content(1, even));
        assertThat(even).hasSizeBetween(UniqState.HASHES_MAX / 2 - 640, UniqState.HASHES_MAX / 2 + 640);
    }

    @Test
    void mostHashesOfTheHighestDegreeFit() {
        UniqStateHead head = new UniqStateHead(UniqState.SKIP_DEGREE_MAX, UniqState.HASHES_MAX);
        byte[] bytes = new byte[head.stateBytes()];
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        head.write(all);
        for (int i = 0; i < UniqState.HASHES_MAX; i++) {
            all.putInt(i << 16);
        }
        UniqState state = UniqState.of(bytes);
        Content before = content(state);
        state.merge(random(2, 200_000));
        assertThat(content(state)).isEqualTo(before);
        assertThat(state.count().users()).isGreaterThan(1L << 32);
    }

    @ParameterizedTest
    @CsvSource({"0, 5, 3", "40, 50, 60", "30000, 40000, 20", "65536, 1, 0", "70000, 10, 200000", "150000, 400000, 65000"
    })
    void mergeIsASetsUnion(int sizeA, int sizeB, int sizeC) {
        UniqState a = random(1, sizeA);
        UniqState b = random(2, sizeB);
        // Half of what is in b, and as much that is not.
        UniqState c = union(random(2, sizeB / 2), random(3, sizeC));
        assertThat(content(union(a, b))).isEqualTo(content(union(b, a)));
        assertThat(content(union(union(a, b), c))).isEqualTo(content(union(a, union(b, c))));
        assertThat(content(union(a, a))).isEqualTo(content(a));
        assertThat(content(union(a, new UniqState()))).isEqualTo(content(a));

        UniqState oneByOne = new UniqState();
        LongStream.concat(
                        LongStream.concat(hashes(1, sizeA), hashes(2, sizeB)),
                        LongStream.concat(hashes(2, sizeB / 2), hashes(3, sizeC)))
                .forEach(oneByOne::add);
        assertThat(content(union(union(a, b), c))).isEqualTo(content(oneByOne));
    }

    @Test
    void mergedStateStaysAsItIs() {
        UniqState small = random(1, 10);
        Content before = content(small);
        random(2, 200_000).merge(small);
        assertThat(content(small)).isEqualTo(before);
    }

    @Test
    void everyShortenedStateIsRefused() {
        byte[] state = random(1, 300).toBytes();
        for (int length = 0; length < state.length; length++) {
            refused(Arrays.copyOf(state, length), "cut short");
        }
        refused(Arrays.copyOf(state, state.length + 1), "is followed by 1 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "'', cut short before its hashes",
        "00, cut short before its hashes",
        "1100, skip degree is 17",
        "FF00, skip degree is 255",
        // 65,537 hashes, the highest number of 35 bits, and one that does not end.
        "00818004, claims 65537 hashes",
        "00FFFFFFFF7F, claims 34359738367 hashes",
        "00FFFFFFFFFF01, more than 5 bytes",
        // 65,536 that are not there.
        "00808004, its hashes lack 262144 bytes",
        "010101000000, not divisible",
        "00020100000001000000, of 2 hashes only 1 differ",
        "00020000000000000000, of 2 hashes only 1 differ"
    })
    void malformedStateIsRefusedWithItsReason(String hex, String reason) {
        refused(HexFormat.of().parseHex(hex), reason);
    }

    private static void refused(byte[] bytes, String reason) {
        assertThatExceptionOfType(UniqStateException.class)
                .isThrownBy(() -> UniqState.of(bytes))
                .withMessageContaining(reason);
    }

    private record Content(int skipDegree, List<Integer> hashes) {}

    /** What a state holds, whatever the order in its table. */
    private static Content content(UniqState state) {
        ByteBuffer in = ByteBuffer.wrap(state.toBytes()).order(ByteOrder.LITTLE_ENDIAN);
        UniqStateHead head = UniqStateHead.read(in);
        int[] hashes = new int[head.hashes()];
        in.asIntBuffer().get(hashes);
        Arrays.sort(hashes);
        return new Content(head.skipDegree(), Arrays.stream(hashes).boxed().toList());
    }

    private static UniqState union(UniqState one, UniqState other) {
        UniqState union = new UniqState();
        union.merge(one);
        union.merge(other);
        return union;
    }

    private static UniqState random(long seed, int users) {
        UniqState state = new UniqState();
        hashes(seed, users).forEach(state::add);
        return state;
    }

    private static LongStream hashes(long seed, int users) {
        return new SplittableRandom(seed).longs(users);
    }

    private static UniqState of(long... userHashes) {
        UniqState state = new UniqState();
        Arrays.stream(userHashes).forEach(state::add);
        return state;
    }
}
