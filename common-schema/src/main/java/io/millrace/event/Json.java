package io.millrace.event;

import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * The one JSON factory. Of Jackson's own limits only the depth is left (500), because its context grows with each level;
 * sizes are bounded by those who hand the bytes in, and what an event may be by {@link EventLimits}.
 *
 * <p>A factory remembers the names of members that its parsers have seen, thousands of any length. So that no sender can
 * fill the memory with names, it is replaced whenever it has been given so many bytes; usual names are soon known again.
 */
final class Json {
    /** Some 11,000 events of usual size, with some ten names. */
    private static final long BYTES_OF_A_FACTORY = 1 << 22;

    private static final AtomicLong BYTES = new AtomicLong();
    private static volatile JsonFactory factory = newFactory();

    private Json() {}

    private static JsonFactory newFactory() {
        return JsonFactory.builder()
                // Jackson 3's default pool is a deque shared by all threads, on which parsing threads wait for one
                // another.
                .recyclerPool(JsonRecyclerPools.threadLocalPool())
                // What a text becomes does not follow from what was read before it.
                .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    static JsonParser parser(byte[] bytes, int start, int length) {
        return factory(length).createParser(ObjectReadContext.empty(), bytes, start, length);
    }

    static JsonParser parser(String text) {
        return factory(text.length()).createParser(ObjectReadContext.empty(), text);
    }

    private static JsonFactory factory(int length) {
        if (BYTES.addAndGet(length) > BYTES_OF_A_FACTORY) {
            BYTES.set(length);
            factory = newFactory();
        }
        return factory;
    }

    static JsonGenerator generator(OutputStream out) {
        return factory.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
    }
}
