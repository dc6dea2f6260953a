package io.millrace.prove.door;

import io.millrace.prove.door.Outcome.Answer;
import io.millrace.prove.proxy.HttpMessage;
import io.millrace.prove.traffic.Seed;
import io.millrace.prove.verdict.Difference;
import io.millrace.prove.verdict.Differences;
import io.millrace.prove.verdict.Finding;
import io.millrace.prove.verdict.LogIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Says of each answer whether the door may give it. For several threads. */
final class Judge {
    private static final int REFUSAL = 400;
    private static final int FAILURE = 500;
    private static final String PROBLEM = "application/problem+json";
    private static final String NO_ANSWER = "no answer";
    private static final int QUOTED_MAX = 300;

    private final Seed seed;
    private final Set<String> documented;
    private final Differences failures = new Differences();
    private final Differences refusals = new Differences();
    private final Differences mistaken = new Differences();
    private final SortedMap<String, SortedMap<String, Long>> outcomes = new TreeMap<>();
    private final Set<String> accepted = new HashSet<>();
    private final Set<String> sentAgain = new HashSet<>();

    /** Knows which codes a refusal may have. */
    Judge(Seed seed, Set<String> documented) {
        this.seed = seed;
        this.documented = Set.copyOf(documented);
    }

    /** A spoilt request: anything but a failure, and no refusal without a documented code. */
    synchronized void spoilt(int number, RequestDraw.Spoilt request, Outcome outcome) {
        String shown = shown("spoilt", number, request.way(), request.shot(), outcome);
        String what = what(outcome);
        outcomes.computeIfAbsent(request.way(), _ -> new TreeMap<>()).merge(what, 1L, Long::sum);
        switch (outcome) {
            case Answer answer when answer.status() >= FAILURE -> failures.add(what, Difference.ofSum(shown));
            case Answer answer
            when answer.status() >= REFUSAL -> {
                boolean headAlone = request.shot().manner() == Shot.Manner.ENDS_BEHIND_HEAD;
                if (!headAlone && !documented.contains(code(answer))) {
                    refusals.add(what + " to " + request.way(), Difference.ofSum(shown));
                }
            }
            case Outcome.Silence _ -> failures.add(what, Difference.ofSum(shown));
            case Outcome.End _
            when !mayEnd(request.shot().manner()) ->
                failures.add(what + " to " + request.way(), Difference.ofSum(shown));
            default -> {}
        }
    }

    private static boolean mayEnd(Shot.Manner manner) {
        return manner == Shot.Manner.TAKES_ALL || manner == Shot.Manner.STOPS;
    }

    /** A whole request: each of its events is accepted. */
    synchronized void whole(int number, Whole request, Outcome outcome) {
        if (outcome instanceof Answer answer
                && answer.status() == request.success()
                && json(answer).path("accepted").asInt(0) == request.ids().size()) {
            accepted.addAll(request.ids());
        } else {
            String shown = shown("whole", number, "nothing", request.shot(), outcome);
            mistaken.add(what(outcome), Difference.ofSum(shown));
        }
    }

    /** A whole request met the end of a connection that was kept, and is sent once more: its events may be there twice. */
    synchronized void again(Whole request) {
        sentAgain.addAll(request.ids());
    }

    /** What was asked, answered and found in the log. */
    synchronized List<Finding> findings(LogIds log) {
        return List.of(
                Finding.of("no spoilt request gets a 5xx, or nothing", failures),
                Finding.of("every refusal is a problem with a documented code", refusals),
                Finding.of("every whole request between them is accepted", mistaken),
                Finding.of("each of their events is in the log, once", places(log)),
                variety());
    }

    private Differences places(LogIds log) {
        Differences differences = new Differences();
        for (String id : accepted) {
            int records = log.records(id);
            boolean once = records == 1 || (records == 2 && sentAgain.contains(id));
            if (!once || log.counted(id) != 1) {
                differences.add(
                        "not once",
                        Difference.ofSum("%s: %d records, %d of which count".formatted(id, records, log.counted(id))));
            }
        }
        return differences;
    }

    /** A run that has not done everything shows less than it says. */
    private Finding variety() {
        List<String> missing = new ArrayList<>(AllSpoiling.names());
        missing.removeAll(outcomes.keySet());
        return Finding.of("requests were spoilt in every way", missing.isEmpty(), "never: " + missing);
    }

    /** How many outcomes there were of each kind, a way of spoiling a line. */
    synchronized List<String> table() {
        return outcomes.entrySet().stream()
                .map(way -> "%-20s %s".formatted(way.getKey(), way.getValue()))
                .toList();
    }

    @Override
    public synchronized String toString() {
        return "%,d events of whole requests accepted; %,d of them sent again on another connection"
                .formatted(accepted.size(), sentAgain.size());
    }

    private static String what(Outcome outcome) {
        return switch (outcome) {
            case Answer answer -> (answer.status() + " " + code(answer)).strip();
            case Outcome.End _ -> NO_ANSWER;
            case Outcome.Silence _ -> "silence";
            case Outcome.Unseen _ -> "not looked at";
        };
    }

    /** Of a problem; empty where it is none, or has none. */
    private static String code(Answer answer) {
        return HttpMessage.field(answer.head(), "Content-Type").equals(PROBLEM)
                ? json(answer).path("code").asString("")
                : "";
    }

    private static JsonNode json(Answer answer) {
        try {
            return JsonMapper.shared().readTree(answer.body());
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private String shown(String kind, int number, String way, Shot shot, Outcome outcome) {
        String text = outcome instanceof Answer answer ? answer.head() + answer.body() : outcome.toString();
        return "seed %s, %s %d, spoilt by %s: %s%n        was answered by %s"
                .formatted(
                        seed,
                        kind,
                        number,
                        way,
                        shot,
                        text.substring(0, Math.min(QUOTED_MAX, text.length())).replaceAll("\\s+", " "));
    }
}
