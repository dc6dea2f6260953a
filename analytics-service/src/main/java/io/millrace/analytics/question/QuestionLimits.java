package io.millrace.analytics.question;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may be asked.
 *
 * @param rangeMax longest range of event time; 18,263 days, which are 50 years, because ranges are cheap where events
 *     are few and the events of an import are as old as they are
 * @param pointsMax points of one answer over all its series, those filled in included, or groups of an answer without points;
 *     50,000, which are 2 to 9 MB of JSON and a year of hours of five types
 * @param eventTypesMax event types one question may name; 100, which fit into a URL
 * @param topMax groups that one question for the largest may want; 1,000, more than anybody reads
 * @param afterMax how long a question waits for the position it is to cover; 2 s, twice the time in which events are
 *     stored even where no tail is live
 */
@ConfigurationProperties("millrace.questions")
public record QuestionLimits(
        @DefaultValue("18263d") Duration rangeMax,
        @DefaultValue("50000") int pointsMax,
        @DefaultValue("100") int eventTypesMax,
        @DefaultValue("1000") int topMax,
        @DefaultValue("2s") Duration afterMax) {
    public QuestionLimits {
        if (rangeMax.toMillis() < 1 || pointsMax < 1 || eventTypesMax < 1 || topMax < 1 || afterMax.toMillis() < 1) {
            throw new IllegalArgumentException("limits under millrace.questions must be positive");
        }
    }
}
