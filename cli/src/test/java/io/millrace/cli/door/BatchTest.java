package io.millrace.cli.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatchTest {
    @Test
    void everyEventIsOneLine() {
        Batch batch = batch("a", "", "ccc");
        assertThat(batch.events()).isEqualTo(3);
        assertThat(batch.bytes()).isEqualTo(7);
        assertThat(new String(batch.body(), StandardCharsets.UTF_8)).isEqualTo("a\n\nccc\n");
        assertThat(texts(batch)).containsExactly("a", "", "ccc");
    }

    @Test
    void takesAsManyEventsAsTheLimitAndNoMore() {
        BatchBuilder builder = new BatchBuilder(new BatchLimits(2, 100));
        add(builder, "a");
        assertThat(builder.fits(1)).isTrue();
        add(builder, "b");
        assertThat(builder.fits(1)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> add(builder, "c"));
    }

    @Test
    void takesAsManyBytesAsTheLimitAndNoMore() {
        BatchBuilder builder = new BatchBuilder(new BatchLimits(10, 8));
        add(builder, "aaa");
        assertThat(builder.fits(3)).isTrue();
        assertThat(builder.fits(4)).isFalse();
        add(builder, "bbb");
        assertThat(builder.build("k").bytes()).isEqualTo(8);
    }

    @Test
    void anEventAboveTheLimitTravelsAlone() {
        BatchBuilder builder = new BatchBuilder(new BatchLimits(10, 8));
        add(builder, "a".repeat(50));
        assertThat(builder.fits(0)).isFalse();
        assertThat(builder.build("k").bytes()).isEqualTo(51);
    }

    @Test
    void refusesAnEventThatNoDoorTakes() {
        BatchBuilder builder = new BatchBuilder(BatchLimits.DEFAULT);
        byte[] event = new byte[BatchLimits.DOOR_BYTES_MAX];
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(event, 0, event.length));
        builder.add(event, 1, event.length);
        assertThat(builder.build("k").bytes()).isEqualTo(BatchLimits.DOOR_BYTES_MAX);
    }

    @Test
    void builderIsEmptyAfterABatch() {
        BatchBuilder builder = new BatchBuilder(new BatchLimits(10, 100));
        add(builder, "first");
        builder.build("k");
        assertThat(builder.isEmpty()).isTrue();
        add(builder, "second");
        assertThat(texts(builder.build("k"))).containsExactly("second");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.build("k"));
    }

    @Test
    void limitsAreTheDoors() {
        assertThat(new BatchLimits(10_000, 4 * 1024 * 1024).eventsMax()).isEqualTo(10_000);
        assertThatIllegalArgumentException().isThrownBy(() -> new BatchLimits(10_001, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new BatchLimits(1, 4 * 1024 * 1024 + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new BatchLimits(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new BatchLimits(1, 0));
        assertThat(BatchLimits.DEFAULT).isEqualTo(new BatchLimits(2_000, 1_048_576));
    }

    @Test
    void halvesHaveTheEventsInOrderAndKeysOfTheirOwn() {
        List<Batch> halves = batch("a", "bb", "ccc", "dddd", "eeeee").halves();
        assertThat(texts(halves.getFirst())).containsExactly("a", "bb");
        assertThat(texts(halves.getLast())).containsExactly("ccc", "dddd", "eeeee");
        List<Batch> quarters = halves.getLast().halves();
        assertThat(texts(quarters.getLast())).containsExactly("dddd", "eeeee");
        assertThat(List.of(halves.getFirst(), quarters.getFirst(), quarters.getLast()))
                .extracting(Batch::idempotencyKey)
                .containsExactly("k", "k+2", "k+3");
    }

    private static List<String> texts(Batch batch) {
        return IntStream.range(0, batch.events())
                .mapToObj(index -> new String(batch.event(index), StandardCharsets.UTF_8))
                .toList();
    }

    static Batch batch(String... events) {
        BatchBuilder builder = new BatchBuilder(BatchLimits.DEFAULT);
        for (String event : events) {
            add(builder, event);
        }
        return builder.build("k");
    }

    private static void add(BatchBuilder builder, String event) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        builder.add(bytes, 0, bytes.length);
    }
}
