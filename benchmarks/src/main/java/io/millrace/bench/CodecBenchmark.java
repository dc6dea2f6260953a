package io.millrace.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.event.Event;
import io.millrace.event.EventJson;
import io.millrace.event.EventProtobuf;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our codecs beside what one would use without them: Jackson's tree for JSON, protoc's classes for Protobuf. Ours check
 * each event as they read it; the peers only parse.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OperationsPerInvocation(CodecBenchmark.EVENTS)
public class CodecBenchmark {
    static final int EVENTS = 1_000;
    private static final long SEED = 2;

    private final ObjectMapper jackson = JsonMapper.shared();
    private final List<byte[]> json = DemoEvents.json(SEED, EVENTS);
    private final List<Event> events = json.stream().map(DemoEvents::parsed).toList();
    private final List<byte[]> protobuf =
            events.stream().map(EventProtobuf::encode).toList();
    private final List<JsonNode> trees = json.stream().map(jackson::readTree).toList();
    private final List<io.millrace.v1.Event> messages =
            protobuf.stream().map(CodecBenchmark::message).toList();

    /** The numbers mean something only if both sides read and write the same. */
    @Setup
    public void agree() {
        for (int index = 0; index < EVENTS; index++) {
            require(EventProtobuf.decode(protobuf.get(index)).equals(events.get(index)));
            require(EventJson.parse(EventJson.write(events.get(index))).equals(events.get(index)));
            require(EventJson.parse(jackson.writeValueAsBytes(trees.get(index))).equals(events.get(index)));
            require(Arrays.equals(messages.get(index).toByteArray(), protobuf.get(index)));
        }
    }

    @Benchmark
    public void jsonDecodeOurs(Blackhole hole) {
        for (byte[] bytes : json) {
            hole.consume(EventJson.parse(bytes));
        }
    }

    @Benchmark
    public void jsonDecodePeer(Blackhole hole) {
        for (byte[] bytes : json) {
            hole.consume(jackson.readTree(bytes));
        }
    }

    @Benchmark
    public void jsonEncodeOurs(Blackhole hole) {
        for (Event event : events) {
            hole.consume(EventJson.write(event));
        }
    }

    @Benchmark
    public void jsonEncodePeer(Blackhole hole) {
        for (JsonNode tree : trees) {
            hole.consume(jackson.writeValueAsBytes(tree));
        }
    }

    @Benchmark
    public void protobufDecodeOurs(Blackhole hole) {
        for (byte[] bytes : protobuf) {
            hole.consume(EventProtobuf.decode(bytes));
        }
    }

    @Benchmark
    public void protobufDecodePeer(Blackhole hole) {
        for (byte[] bytes : protobuf) {
            consume(message(bytes), hole);
        }
    }

    @Benchmark
    public void protobufEncodeOurs(Blackhole hole) {
        for (Event event : events) {
            hole.consume(EventProtobuf.encode(event));
        }
    }

    @Benchmark
    public void protobufEncodePeer(Blackhole hole) {
        for (io.millrace.v1.Event message : messages) {
            hole.consume(message.toByteArray());
        }
    }

    /** protoc's classes leave texts as bytes until they are asked for; ours are texts when the event is there. */
    private static void consume(io.millrace.v1.Event message, Blackhole hole) {
        hole.consume(message.getEventUuid());
        hole.consume(message.getEventType());
        hole.consume(message.getTimestampMs());
        hole.consume(message.getUserId());
        hole.consume(message.getSessionId());
        hole.consume(message.getProductId());
        hole.consume(message.getOrderAmountMicros());
        hole.consume(message.getProperties());
    }

    private static io.millrace.v1.Event message(byte[] bytes) {
        try {
            return io.millrace.v1.Event.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void require(boolean agreement) {
        if (!agreement) {
            throw new IllegalStateException("the codec and its peer do not agree");
        }
    }
}
