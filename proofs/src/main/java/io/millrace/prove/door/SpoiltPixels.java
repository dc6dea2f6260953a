package io.millrace.prove.door;

import static io.millrace.prove.door.SpoiltBodies.any;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The same sender asks for the pixel instead, with an address that is odd. */
final class SpoiltPixels {
    private static final int PARAMETERS_MAX = 6;

    /** Some are harmless, and then there is an image. */
    private static final List<String> PARAMETERS = List.of(
            "event_type=door",
            "event_type=",
            "event_type",
            "event_type=%",
            "event_type=%zz",
            "event_type=%ff%fe",
            "event_type=%00",
            "event_type=%ED%A0%80",
            "event_type=" + "t".repeat(129),
            "event_type=one&event_type=two",
            "event_id=" + "i".repeat(500),
            "event_id=%20",
            "user_id=",
            "timestamp=noon",
            "timestamp=99999-01-01T00%3A00%3A00Z",
            "order_amount=1e99999999",
            "order_amount=NaN",
            "order_amount=-",
            "properties=%7B%22a%22%3A",
            "properties=%5B%5D",
            "key=",
            "key=mr_p_nobody",
            "key=%ff",
            "=nameless",
            "&",
            "a%5B%5D=1",
            "a%5Bb%5D%5Bc%5D=1",
            "%F0%9F%98%80=%F0%9F%98%80",
            "raw=\u00e9\u00ff",
            "raw=<script>",
            "raw={}|\\^`",
            "plus=+&plus=%2B",
            "k".repeat(300) + "=1",
            "long=" + "v".repeat(3_000),
            "longer=" + "v".repeat(70_000));

    static final List<Spoiling> ALL = List.of(new Spoiling("the pixel", 6, SpoiltPixels::pixel));

    private SpoiltPixels() {}

    private static Shot pixel(Draft draft, SplittableRandom random) {
        String query = Stream.generate(() -> any(PARAMETERS, random))
                .limit(random.nextInt(PARAMETERS_MAX + 1))
                .collect(Collectors.joining("&"));
        Draft asked = draft.withMethod("GET").withTarget("/v1/pixel?" + query);
        return Shot.of(random.nextBoolean() ? asked : asked.withBody(""));
    }
}
