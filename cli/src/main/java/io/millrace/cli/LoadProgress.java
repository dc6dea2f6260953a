package io.millrace.cli;

import java.util.Optional;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar over the bytes of a file, on standard error, for those who watch. */
final class LoadProgress implements AutoCloseable {
    private static final int REDRAW_MILLIS = 200;
    private static final long UNKNOWN = -1;
    private static final long KIBIBYTE = 1024;

    private final Optional<ProgressBar> bar;

    LoadProgress(OptionalLong bytesTotal, boolean interactive) {
        bar = interactive ? Optional.of(bar(bytesTotal)) : Optional.empty();
    }

    void at(long bytes) {
        bar.ifPresent(shown -> shown.stepTo(bytes));
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }

    private static ProgressBar bar(OptionalLong bytesTotal) {
        return new ProgressBarBuilder()
                .setTaskName("load")
                .setInitialMax(bytesTotal.orElse(UNKNOWN))
                .setUnit(" KiB", KIBIBYTE)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .build();
    }
}
