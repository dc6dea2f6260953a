package io.millrace.ingestion.door;

import io.millrace.event.Event;
import io.millrace.ingestion.publish.MarkedEvent;
import io.millrace.ingestion.rules.Decision;
import io.millrace.ingestion.rules.Decision.Reason;
import io.millrace.ingestion.rules.KnownRules;
import io.millrace.ingestion.rules.OnMismatch;
import io.millrace.ingestion.rules.TenantRules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Sorts valid events by their tenant's rules. */
final class Sorter {
    private final TenantRules rules;
    private final List<Event> accepted;
    private final List<Rejection> rejected = new ArrayList<>();
    private final Map<Reason, List<Integer>> dropped = new EnumMap<>(Reason.class);
    private final List<Marked> marked = new ArrayList<>();

    /** For a request of so many events. */
    Sorter(TenantRules rules, int events) {
        this.rules = rules;
        this.accepted = new ArrayList<>(events);
    }

    void reject(Rejection rejection) {
        rejected.add(rejection);
    }

    /**
     * Adds an event.
     *
     * @param event with an id
     * @throws io.millrace.kit.problem.ProblemException when its rule cannot be used
     */
    void add(int index, Event event) {
        add(index, rules.decide(event));
    }

    private void add(int index, Decision decision) {
        switch (decision) {
            case Decision.LetIn(Event let) -> accepted.add(let);
            case Decision.LeftOut(Reason reason) ->
                dropped.computeIfAbsent(reason, _ -> new ArrayList<>()).add(index);
            case Decision.Mismatch(Event other, var mark, OnMismatch then) -> {
                switch (then) {
                    case REJECT -> rejected.add(Rejection.of(index, mark));
                    case DEAD_LETTER -> marked.add(new Marked(index, new MarkedEvent(other, mark)));
                }
            }
            case Decision.Undecided() -> throw KnownRules.unavailable().toException();
        }
    }

    Intake toIntake() {
        return new Intake(accepted, rejected, dropped, marked);
    }
}
