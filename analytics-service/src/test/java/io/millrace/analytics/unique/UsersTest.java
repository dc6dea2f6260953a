package io.millrace.analytics.unique;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsersTest {
    private static Users users(int from, int to) {
        UniqState state = new UniqState();
        IntStream.range(from, to).forEach(user -> state.add(user * 0x9e3779b97f4a7c15L));
        return Users.of(state);
    }

    @Test
    void thoseInBothCountOnce() {
        assertThat(users(0, 60).plus(users(30, 90))).isEqualTo(users(0, 90)).hasSameHashCodeAs(users(0, 90));
        assertThat(users(0, 60).plus(users(30, 90)).count()).isEqualTo(new UniqCount(90, true, 0));
        assertThat(users(0, 60)).isNotEqualTo(users(0, 61));
    }

    @Test
    void nobodyAddsNobody() {
        assertThat(Users.NONE.count()).isEqualTo(new UniqCount(0, true, 0));
        assertThat(users(0, 5).plus(Users.NONE)).isEqualTo(users(0, 5));
        assertThat(Users.NONE.plus(users(0, 5))).isEqualTo(users(0, 5));
    }

    @Test
    void textHoldsThem() {
        for (int size : new int[] {0, 1, 92, 1_000, 200_000}) {
            Users some = users(0, size);
            assertThat(Users.ofBase64(some.toBase64())).isEqualTo(some);
            assertThat(some.bytes()).isLessThanOrEqualTo((256 << 10) + 8);
        }
    }

    @Test
    void addingChangesNeither() {
        Users some = users(0, 70_000);
        Users others = users(50_000, 100_000);
        UniqCount before = some.count();
        assertThat(some.plus(others)).isEqualTo(users(0, 100_000)).isEqualTo(others.plus(some));
        assertThat(some.count()).isEqualTo(before);
        assertThat(some).isEqualTo(users(0, 70_000));
    }
}
