package io.millrace.bench;

import io.millrace.bench.asking.Answer;
import io.millrace.bench.asking.Connection;
import io.millrace.bench.asking.Panel;
import io.millrace.bench.asking.Reply;
import io.millrace.bench.asking.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Whether an analytics-service that was just started answers with live events of all partitions. */
final class LiveAnswers {
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int TIMES_IN_A_ROW = 3;

    private LiveAnswers() {}

    /** Waits until it does so, several times in a row. */
    static void await(ServiceProcess analytics, String key, InstantSource clock)
            throws IOException, MeasurementException, InterruptedException {
        long startNanos = System.nanoTime();
        String last = "not asked yet";
        try (Connection connection = new Connection(analytics.port())) {
            for (int live = 0; live < TIMES_IN_A_ROW; ) {
                analytics.requireAlive();
                if (System.nanoTime() - startNanos > WITHIN.toNanos()) {
                    throw new MeasurementException("answers are not live after " + WITHIN + ": " + last);
                }
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
                Reply reply = connection.exchange(
                        Request.get(Panel.MONTH.at(clock.instant()).target(), key));
                last = reply.text();
                live = reply.isOk() && isLive(Answer.parse(reply)) ? live + 1 : 0;
            }
        }
    }

    private static boolean isLive(Answer answer) {
        return answer.exact() && answer.upToDate() && answer.numbers().events() > 0;
    }
}
