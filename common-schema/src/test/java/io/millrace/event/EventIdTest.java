package io.millrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class EventIdTest {
    @Test
    void uuidIsTheSameInAnyCase() {
        UUID uuid = UUID.fromString("f9d7ab84-8c9b-5112-add2-feda21b7f251");
        assertThat(EventId.of("F9D7AB84-8C9B-5112-ADD2-FEDA21B7F251")).isEqualTo(EventId.of(uuid));
        assertThat(EventId.of(uuid).text()).isEmpty();
        assertThat(EventId.of(uuid).canonicalBytes()).hasSize(16);
    }

    @Test
    void anyUuidIsReadAsJavaReadsIt() {
        RandomGenerator random = new SplittableRandom(7);
        for (int i = 0; i < 1_000; i++) {
            UUID uuid = new UUID(random.nextLong(), random.nextLong());
            assertThat(EventId.of(uuid.toString())).isEqualTo(EventId.of(uuid));
        }
    }

    @Test
    void textIsTakenAsItIs() {
        EventId id = EventId.of("Order-7");
        assertThat(id).hasToString("Order-7").isNotEqualTo(EventId.of("order-7"));
        assertThat(id.uuid().version()).isEqualTo(8);
        assertThat(id.uuid().variant()).isEqualTo(2);
        assertThat(id.uuid()).hasToString("507f6ae1-17da-8144-b6b2-a7658278c1bc");
    }

    @Test
    void almostUuidsAreText() {
        assertThat(EventId.of("f9d7ab848c9b5112add2feda21b7f251").text()).isNotEmpty();
        assertThat(EventId.of("f9d7ab84-8c9b-5112-add2feda21b7-f251").text()).isNotEmpty();
        // A full-width digit is a digit to Character.digit.
        assertThat(EventId.of("\uFF119d7ab84-8c9b-5112-add2-feda21b7f251").text())
                .isNotEmpty();
    }

    @Test
    void oneWrongCharacterMakesTextOfAUuid() {
        String uuid = "f9d7ab84-8c9b-5112-add2-feda21b7f251";
        for (int i = 0; i < uuid.length(); i++) {
            for (char wrong : new char[] {'g', '/', ':', '@', '`', uuid.charAt(i) == '-' ? '0' : '-'}) {
                String text = uuid.substring(0, i) + wrong + uuid.substring(i + 1);
                assertThat(EventId.of(text).text()).isEqualTo(text);
            }
        }
    }

    @Test
    void takesTheLongestTextAndNotOneByteMore() {
        assertThat(EventId.of("x".repeat(EventLimits.EVENT_ID_BYTES_MAX))).isNotNull();
        assertThat(EventId.of("é".repeat(EventLimits.EVENT_ID_BYTES_MAX / 2))).isNotNull();
        assertThatThrownBy(() -> EventId.of("x".repeat(EventLimits.EVENT_ID_BYTES_MAX + 1)))
                .isInstanceOf(InvalidEventException.class);
        assertThatThrownBy(() -> EventId.of("é".repeat(EventLimits.EVENT_ID_BYTES_MAX / 2) + "x"))
                .isInstanceOf(InvalidEventException.class);
    }

    @Test
    void positionIsAnIdentityOfItsOwn() {
        assertThat(EventId.atPosition(3, 11, 123_456)).hasToString("00000003-000b-8000-8000-00000001e240");
        assertThat(EventId.atPosition(3, 11, 1)).isNotEqualTo(EventId.atPosition(3, 12, 1));
        assertThat(EventId.atPosition(3, 11, 1)).isNotEqualTo(EventId.atPosition(4, 11, 1));
    }
}
