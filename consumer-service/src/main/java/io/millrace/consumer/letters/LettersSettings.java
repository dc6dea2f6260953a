package io.millrace.consumer.letters;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the workbench.
 *
 * @param listedMax letters of one page; 500
 * @param pageBytesMax keys and values of one page, after which it ends, and passed by its last letter at most; 8 MB,
 *     as a page is held in memory several times
 * @param replayedMax letters of one replay; 1,000, which takes seconds
 * @param readTimeout for ClickHouse's answers; 30 s
 * @param searchTimeout for deciding interrupted replays, by reading the log from where they began; 60 s
 */
@ConfigurationProperties("millrace.letters")
record LettersSettings(
        @DefaultValue("500") int listedMax,
        @DefaultValue("8MB") DataSize pageBytesMax,
        @DefaultValue("1000") int replayedMax,
        @DefaultValue("30s") Duration readTimeout,
        @DefaultValue("60s") Duration searchTimeout) {

    static final int LETTERS_MAX = 10_000;

    public LettersSettings {
        require(listedMax >= 1 && listedMax <= LETTERS_MAX, "listed-max must be 1 to " + LETTERS_MAX);
        require(replayedMax >= 1 && replayedMax <= LETTERS_MAX, "replayed-max must be 1 to " + LETTERS_MAX);
        require(pageBytesMax.toBytes() >= 1, "page-bytes-max must be at least 1B");
        require(readTimeout.toMillis() >= 1, "read-timeout must be at least 1ms");
        require(searchTimeout.toMillis() >= 1, "search-timeout must be at least 1ms");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.letters: " + message);
        }
    }
}
