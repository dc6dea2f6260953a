package io.millrace.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.millrace.event.InvalidEvent.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds our reading and writing against protoc's understanding of {@code event.proto}. */
class EventProtobufTest {
    private static Descriptor descriptor;

    @BeforeAll
    static void readWhatProtocUnderstood() throws Exception {
        FileDescriptorSet files = FileDescriptorSet.parseFrom(Files.readAllBytes(Path.of("target/protoc/event.desc")));
        descriptor = FileDescriptor.buildFrom(files.getFile(0), new FileDescriptor[0])
                .findMessageTypeByName("Event");
    }

    @Test
    void readsWhatItWrites() {
        RandomEvents random = new RandomEvents(11);
        for (int i = 0; i < 2_000; i++) {
            Event event = random.next();
            assertThat(EventProtobuf.decode(EventProtobuf.encode(event))).isEqualTo(event);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u00e9", "\u20ac", "\ud83d\ude00"})
    void hasRoomForTheLargestOfEachField(String character) {
        int bytes = character.getBytes(UTF_8).length;
        String identifier = character.repeat(EventLimits.IDENTIFIER_BYTES_MAX / bytes);
        String properties = "{\"k\":\"" + character.repeat((EventLimits.PROPERTIES_BYTES_MAX - 8) / bytes) + "\"}";
        Event event = new Event(
                EventId.of(character.repeat(EventLimits.EVENT_ID_BYTES_MAX / bytes)),
                character.repeat(EventLimits.TYPE_CHARACTERS_MAX),
                EventLimits.TIMESTAMP_MAX,
                identifier,
                identifier,
                identifier,
                new Amount(-Amount.MICROS_MAX),
                EventProperties.of(properties),
                EventLimits.WEIGHT_MAX);
        assertThat(EventProtobuf.decode(EventProtobuf.encode(event))).isEqualTo(event);
    }

    @Test
    void protocReadsWhatItWrites() throws IOException {
        RandomEvents random = new RandomEvents(12);
        for (int i = 0; i < 500; i++) {
            Event event = random.next();
            DynamicMessage message = DynamicMessage.parseFrom(descriptor, EventProtobuf.encode(event));
            assertThat(message.getUnknownFields().asMap()).isEmpty();
            assertThat(field(message, "event_type")).isEqualTo(event.type());
            assertThat(field(message, "user_id")).isEqualTo(event.userId());
            assertThat(field(message, "session_id")).isEqualTo(event.sessionId());
            assertThat(field(message, "product_id")).isEqualTo(event.productId());
            assertThat(has(message, "timestamp_ms")).isEqualTo(event.timestamp() != null);
            assertThat(has(message, "order_amount_micros")).isEqualTo(event.orderAmount() != null);
            if (event.orderAmount() != null) {
                assertThat(field(message, "order_amount_micros"))
                        .isEqualTo(event.orderAmount().micros());
            }
            assertThat(field(message, "properties"))
                    .isEqualTo(
                            event.properties() == null ? "" : event.properties().json());
            // protoc's own writing of the same message is the same event again.
            assertThat(EventProtobuf.decode(message.toByteArray())).isEqualTo(event);
        }
    }

    @Test
    void passesOverFieldsOfTheFuture() {
        byte[] known = EventProtobuf.encode(Event.ofType("a"));
        byte[] unknown = {(byte) 0xFA, 0x01, 0x02, 'h', 'i', (byte) 0xF0, 0x01, 0x07};
        assertThat(EventProtobuf.decode(concat(known, unknown))).isEqualTo(Event.ofType("a"));
    }

    @Test
    void everyCutIsAnEventOrSaysWhatIsWrong() {
        byte[] whole = EventProtobuf.encode(new RandomEvents(3).next());
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThat(EventProtobuf.decode(cut)).isInstanceOf(ParsedEvent.class);
        }
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] spoiled = whole.clone();
            spoiled[random.nextInt(spoiled.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(EventProtobuf.decode(spoiled)).isInstanceOf(ParsedEvent.class);
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(code(new byte[] {0x1A, 0x05, 'a'})).isEqualTo(Code.MALFORMED_PROTOBUF);
        assertThat(code(new byte[0])).isEqualTo(Code.EVENT_TYPE_MISSING);
        assertThat(code(build("event_uuid", ByteString.copyFromUtf8("short")))).isEqualTo(Code.EVENT_ID_INVALID);
        assertThat(code(build("event_type", "x".repeat(EventLimits.TYPE_CHARACTERS_MAX + 1))))
                .isEqualTo(Code.EVENT_TYPE_INVALID);
        assertThat(code(build("timestamp_ms", Long.MAX_VALUE))).isEqualTo(Code.TIMESTAMP_OUT_OF_RANGE);
        assertThat(code(build("order_amount_micros", Amount.MICROS_MAX + 1))).isEqualTo(Code.ORDER_AMOUNT_INVALID);
        assertThat(code(build("properties", "[]"))).isEqualTo(Code.PROPERTIES_INVALID);
        assertThat(code(build("weight", EventLimits.WEIGHT_MAX + 1))).isEqualTo(Code.WEIGHT_INVALID);
        assertThat(code(build("weight", -1))).isEqualTo(Code.WEIGHT_INVALID);
        assertThat(code(new byte[EventLimits.EVENT_BYTES_MAX + 1])).isEqualTo(Code.EVENT_TOO_LARGE);
        assertThat(code(new byte[] {0x1A, 0x01, (byte) 0xFF})).isEqualTo(Code.MALFORMED_PROTOBUF);
    }

    private static Code code(byte[] bytes) {
        return ((InvalidEvent) EventProtobuf.decode(bytes)).code();
    }

    private static byte[] build(String name, Object value) {
        return DynamicMessage.newBuilder(descriptor)
                .setField(descriptor.findFieldByName("event_type"), "a")
                .setField(descriptor.findFieldByName(name), value)
                .build()
                .toByteArray();
    }

    private static Object field(DynamicMessage message, String name) {
        return message.getField(descriptor.findFieldByName(name));
    }

    private static boolean has(DynamicMessage message, String name) {
        return message.hasField(descriptor.findFieldByName(name));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
