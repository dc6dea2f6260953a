package io.millrace.analytics.question;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;
import java.util.Optional;
import java.util.regex.Pattern;

/** Time zones as parameters have them. */
final class ZoneText {
    static final ZoneId UTC = ZoneId.of("UTC");

    /** What {@link ZoneId} reads has more forms, such as {@code UTC+1} and {@code GMT0}. */
    private static final Pattern OFFSET = Pattern.compile("[+-]\\d\\d:\\d\\d");

    private ZoneText() {}

    /** The zone, if the text is the id of a region, {@code UTC} among them, or an offset of at most 18 hours. */
    static Optional<ZoneId> parse(String text) {
        if (ZoneRulesProvider.getAvailableZoneIds().contains(text)) {
            return Optional.of(ZoneId.of(text));
        }
        if (!OFFSET.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            ZoneOffset offset = ZoneOffset.of(text);
            return Optional.of(offset.equals(ZoneOffset.UTC) ? UTC : offset);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
