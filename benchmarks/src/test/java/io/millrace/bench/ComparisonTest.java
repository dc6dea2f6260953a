package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    @Test
    void everyFigureStandsBesideItsRatioToTheFirstChoice() {
        Comparison comparison = new Comparison("CPU s/M", "rows/s");
        comparison.add("today", 2, 250_000);
        comparison.add("other", 0.5, 300_000);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        comparison.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(printed.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(" CPU s/M rows/s", "today 2.000 1.00 250000 1.00", "other 0.500 0.25 300000 1.20");
    }

    @Test
    void choiceNeedsEveryFigure() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Comparison("a", "b").add("choice", 1));
    }

    @Test
    void threeDigitsAreShown() {
        assertThat(Comparison.text(99.96)).isEqualTo("100.0");
        assertThat(Comparison.text(100)).isEqualTo("100");
        assertThat(Comparison.text(9.9994)).isEqualTo("9.999");
    }

    @Test
    void medianIsTheMiddleWhateverTheOrder() {
        assertThat(Comparison.median(9, 1, 5)).isEqualTo(5);
        assertThat(Comparison.median(4, 1, 3, 2)).isEqualTo(2);
        assertThat(Comparison.median(7)).isEqualTo(7);
    }

    @Test
    void costIsReadFromTheServersLog() {
        ServerCost cost = ServerCost.parsed("12\t3500000");
        assertThat(cost).isEqualTo(new ServerCost(12, 3.5));
        assertThat(cost.secondsPerMillion(500_000)).isEqualTo(7);
    }

    @Test
    void whatIsNeitherColumnNorMarkIsTheRest() {
        Map<String, Long> columns = Map.of("event_id", 16_000L, "user_id", 3_000L);
        DiskUse use = new DiskUse(new LinkedHashMap<>(columns), 100, 19_150);
        assertThat(use.otherBytes()).isEqualTo(50);
        assertThat(use.bytesOf("event_id")).isEqualTo(16_000);
        assertThat(use.bytesOf("none")).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> new DiskUse(new LinkedHashMap<>(columns), 100, 19_099));
    }

    @Test
    void goalIsMetUpToItsLastByte() {
        assertThat(SizeOnDisk.verdict(48)).endsWith("met");
        assertThat(SizeOnDisk.verdict(48.01)).endsWith("missed by 0.01");
    }
}
