package io.millrace.bench;

import io.millrace.demo.ShopTraffic;
import io.millrace.event.Event;
import io.millrace.event.EventJson;
import io.millrace.event.InvalidEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** The same events for every measurement. */
final class DemoEvents {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private DemoEvents() {}

    static List<byte[]> json(long seed, int events) {
        ShopTraffic traffic = new ShopTraffic(seed);
        return IntStream.range(0, events)
                .mapToObj(index -> traffic.next(START.plusMillis(index)))
                .toList();
    }

    static Event parsed(byte[] json) {
        return switch (EventJson.parse(json)) {
            case Event event -> event;
            case InvalidEvent invalid -> throw new IllegalStateException("a demo event is invalid: " + invalid);
        };
    }
}
