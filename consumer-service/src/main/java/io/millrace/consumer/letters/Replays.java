package io.millrace.consumer.letters;

import io.micrometer.core.instrument.Tags;
import io.millrace.kit.connection.KafkaSettings;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.metrics.Meters;
import io.millrace.log.LogPosition;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Produces letters again, each at most once. Blocks, so not for event loops.
 *
 * <p>The order: take the right, which one process has at a time; end every other producer of replays; decide what
 * interrupted ones left, by looking into the log; then per batch claim, append in one transaction, and note where it
 * is. A replay that breaks off anywhere leaves claims, and the next one decides them; a repeated one finds its letters
 * replayed. A shutdown breaks off.
 */
final class Replays {
    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    /** Small, so that a transaction is short and its letters, of a megabyte at most each, fit into memory. */
    private static final int BATCH = 20;

    private final Parts parts;
    private final SecondReading reading;
    private final LettersSettings settings;
    private final Clock clock;

    /**
     * What replays work with.
     *
     * @param sessions makes new sessions of PostgreSQL, not pooled ones
     */
    record Parts(
            LetterTable table,
            ReplayStates states,
            ConnectionFactory sessions,
            KafkaSettings kafka,
            Admin admin,
            EventLog log,
            Meters meters) {}

    Replays(Parts parts, LettersSettings settings, Clock clock) {
        this.parts = parts;
        this.reading = new SecondReading(parts.log().topic(), parts.log().terms());
        this.settings = settings;
        this.clock = clock;
    }

    /** Says what a replay of these letters would do now, and does nothing. */
    List<Outcome> rehearse(List<LogPosition> letters, Mending mending) {
        List<Outcome> outcomes = new ArrayList<>();
        for (List<LogPosition> batch : batches(letters)) {
            Sorted sorted = sort(batch, mending, states(batch));
            sorted.records()
                    .keySet()
                    .forEach(letter -> sorted.outcomes().put(letter, Outcome.of(letter, Outcome.Kind.WOULD_REPLAY)));
            outcomes.addAll(inOrder(batch, sorted));
        }
        return outcomes;
    }

    /**
     * Replays these letters.
     *
     * @return empty when another process is at it
     */
    Optional<List<Outcome>> perform(List<LogPosition> letters, Mending mending) {
        Optional<ReplaySession> taken = ReplaySession.tryOpen(parts.sessions());
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        try (ReplaySession session = taken.get();
                ReplayLog log = ReplayLog.open(parts.kafka(), parts.admin(), parts.log())) {
            decide(session, log);
            List<Outcome> outcomes = new ArrayList<>();
            for (List<LogPosition> batch : batches(letters)) {
                outcomes.addAll(replay(batch, mending, session, log));
            }
            outcomes.forEach(this::count);
            return Optional.of(outcomes);
        }
    }

    private void count(Outcome outcome) {
        parts.meters()
                .counter(
                        "millrace.consumer.replays",
                        "Letters that a replay was asked for, by what it came to",
                        Tags.of("outcome", outcome.kind().wire()))
                .increment();
    }

    /** Finds out what became of replays that were interrupted. Nobody can be at one: we have the right. */
    private void decide(ReplaySession session, ReplayLog log) {
        List<Claim> interrupted = session.claimed(LettersSettings.LETTERS_MAX);
        if (interrupted.isEmpty()) {
            return;
        }
        LogSearch search = log.find(interrupted, settings.searchTimeout());
        session.replayed(search.found());
        session.release(search.absent());
        LOG.warn(
                "{} replays were interrupted: {} had taken place, {} had not, the others are undecided",
                interrupted.size(),
                search.found().size(),
                search.absent().size());
    }

    private List<Outcome> replay(List<LogPosition> batch, Mending mending, ReplaySession session, ReplayLog log) {
        Sorted sorted = sort(batch, mending, states(batch));
        if (!sorted.records().isEmpty()) {
            List<Claim> claims = claims(sorted.records(), log);
            Set<LogPosition> ours = session.claim(claims);
            List<LogPosition> letters =
                    claims.stream().map(Claim::letter).filter(ours::contains).toList();
            Map<LogPosition, LogPosition> places = append(letters, sorted.records(), log);
            session.replayed(places);
            claims.forEach(claim -> sorted.outcomes().put(claim.letter(), outcome(claim.letter(), places)));
        }
        return inOrder(batch, sorted);
    }

    private static Outcome outcome(LogPosition letter, Map<LogPosition, LogPosition> places) {
        LogPosition place = places.get(letter);
        return place == null
                ? Outcome.of(letter, Outcome.Kind.UNDECIDED)
                : Outcome.at(letter, Outcome.Kind.REPLAYED, place);
    }

    private static Map<LogPosition, LogPosition> append(
            List<LogPosition> letters, Map<LogPosition, ProducerRecord<byte[], byte[]>> records, ReplayLog log) {
        List<LogPosition> places = log.send(letters.stream()
                .map(letter -> Objects.requireNonNull(records.get(letter)))
                .toList());
        Map<LogPosition, LogPosition> appended = new HashMap<>();
        for (int i = 0; i < letters.size(); i++) {
            appended.put(letters.get(i), places.get(i));
        }
        return appended;
    }

    private static List<Claim> claims(Map<LogPosition, ProducerRecord<byte[], byte[]>> records, ReplayLog log) {
        return records.entrySet().stream()
                .map(entry -> new Claim(entry.getKey(), log.end(entry.getValue().partition())))
                .toList();
    }

    /**
     * A batch, with what can be said of it before anything is done.
     *
     * @param records of the letters that can be replayed
     * @param outcomes of the others
     */
    private record Sorted(
            Map<LogPosition, ProducerRecord<byte[], byte[]>> records, Map<LogPosition, Outcome> outcomes) {}

    private Sorted sort(List<LogPosition> batch, Mending mending, Map<LogPosition, ReplayState> states) {
        Sorted sorted = new Sorted(new LinkedHashMap<>(), new HashMap<>());
        Map<LogPosition, DeadLetter> letters =
                parts.table().at(batch).stream().collect(Collectors.toMap(DeadLetter::position, Function.identity()));
        for (LogPosition position : batch) {
            DeadLetter letter = letters.get(position);
            switch (states.getOrDefault(position, new ReplayState.Open())) {
                case ReplayState.Replayed(LogPosition to, var _) ->
                    sorted.outcomes().put(position, Outcome.at(position, Outcome.Kind.ALREADY_REPLAYED, to));
                case ReplayState.Claimed _ ->
                    sorted.outcomes().put(position, Outcome.of(position, Outcome.Kind.UNDECIDED));
                case ReplayState.Open _ -> {
                    if (letter == null) {
                        sorted.outcomes().put(position, Outcome.of(position, Outcome.Kind.NOT_FOUND));
                    } else {
                        read(letter, mending, sorted);
                    }
                }
            }
        }
        return sorted;
    }

    private void read(DeadLetter letter, Mending mending, Sorted sorted) {
        LogPosition position = letter.position();
        switch (reading.of(letter, mending, clock.instant())) {
            case SecondReading.Result.AnEvent(ProducerRecord<byte[], byte[]> record) ->
                sorted.records().put(position, record);
            case SecondReading.Result.Dead dead -> sorted.outcomes().put(position, Outcome.refused(position, dead));
        }
    }

    private Map<LogPosition, ReplayState> states(Collection<LogPosition> letters) {
        return Objects.requireNonNull(parts.states().of(letters).block());
    }

    private static List<Outcome> inOrder(List<LogPosition> batch, Sorted sorted) {
        return batch.stream()
                .map(position -> Objects.requireNonNull(sorted.outcomes().get(position)))
                .toList();
    }

    private static List<List<LogPosition>> batches(List<LogPosition> letters) {
        List<List<LogPosition>> batches = new ArrayList<>();
        for (int from = 0; from < letters.size(); from += BATCH) {
            batches.add(letters.subList(from, Math.min(from + BATCH, letters.size())));
        }
        return batches;
    }
}
