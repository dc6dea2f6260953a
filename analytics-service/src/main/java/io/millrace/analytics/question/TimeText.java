package io.millrace.analytics.question;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** RFC 3339 date-times as parameters have them. */
final class TimeText {
    /** What {@link OffsetDateTime} reads is ISO 8601, which has more forms. */
    private static final Pattern FORM =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

    private TimeText() {}

    /**
     * The instant, if the text is a date-time. Event time is in whole milliseconds, so a bound between two of them is
     * the later one: the same events lie before and after it.
     */
    static Optional<Instant> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            Instant exact = OffsetDateTime.parse(text.replace(' ', 'T').toUpperCase(java.util.Locale.ROOT))
                    .toInstant();
            Instant whole = exact.truncatedTo(ChronoUnit.MILLIS);
            return Optional.of(whole.equals(exact) ? whole : whole.plusMillis(1));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
