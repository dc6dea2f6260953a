package io.millrace.prove.counting;

import io.millrace.prove.asking.Asked;
import io.millrace.prove.fault.Outage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When what was broken, and when nothing was. */
public final class Times {
    private final List<Outage> outages = new ArrayList<>();
    private final List<Quiet> quiet = new ArrayList<>();

    private record Quiet(Circumstance circumstance, Instant from, Instant to) {}

    public void add(Outage outage) {
        outages.add(outage);
    }

    /** Nothing was broken, and nothing was left of what had been. */
    public void addQuiet(Instant from, Instant to) {
        quiet.add(new Quiet(Circumstance.NOTHING_BROKEN, from, to));
    }

    /** The same before there was more than one instance. */
    public void addAlone(Instant from, Instant to) {
        quiet.add(new Quiet(Circumstance.ALONE, from, to));
    }

    Circumstance of(Asked asked) {
        if (outages.stream().anyMatch(outage -> outage.touches(asked.began(), asked.ended()))) {
            return Circumstance.DURING_OUTAGE;
        }
        return quiet.stream()
                .filter(one -> !one.from().isAfter(asked.began()) && !one.to().isBefore(asked.ended()))
                .map(Quiet::circumstance)
                .findFirst()
                .orElse(Circumstance.BETWEEN_OUTAGES);
    }

    /** The last faults before a question's answer, for people. */
    List<String> before(Asked asked) {
        List<String> texts = outages.stream()
                .filter(outage -> outage.began().isBefore(asked.ended()))
                .map(outage -> "%s to %s %s".formatted(outage.began(), outage.mended(), outage.fault()))
                .toList();
        return texts.subList(Math.max(0, texts.size() - 2), texts.size());
    }
}
