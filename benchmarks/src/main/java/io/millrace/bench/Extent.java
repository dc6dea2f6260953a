package io.millrace.bench;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much is to be measured, and on what draw.
 *
 * @param options those given, with their values; 0 for those without
 */
record Extent(Map<Option, Integer> options) {
    /** Of the traffic, unless another is named. */
    static final int SEED = 20_261_121;

    Extent {
        options = Map.copyOf(options);
        if (options.containsKey(Option.LONG) && options.containsKey(Option.SHORT)) {
            throw new IllegalArgumentException("long and short at once");
        }
    }

    /** An option of the command line. */
    enum Option {
        /** Minutes instead of seconds, for numbers to be quoted. */
        LONG("--long", false),
        /** Too little to be quoted; for a look whether it works. */
        SHORT("--short", false),
        /** How many events are stored before anything is asked. */
        EVENTS("--events", true),
        /** How many events are waited for in each way. */
        PROBES("--probes", true),
        /** Another draw of the traffic. */
        SEED("--seed", true);

        private final String word;
        private final boolean hasValue;

        Option(String word, boolean hasValue) {
            this.word = word;
            this.hasValue = hasValue;
        }

        @Override
        public String toString() {
            return "[" + word + (hasValue ? " N]" : "]");
        }
    }

    /** What the words say; empty when one of them is none of these options, or says nothing that can be meant. */
    static Optional<Extent> parse(List<String> words, Set<Option> taken) {
        Map<Option, Integer> options = new EnumMap<>(Option.class);
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            Optional<Option> named =
                    taken.stream().filter(option -> option.word.equals(word)).findFirst();
            if (named.isEmpty() || options.containsKey(named.get())) {
                return Optional.empty();
            }
            OptionalInt value = !named.get().hasValue
                    ? OptionalInt.of(0)
                    : rest.hasNext() ? number(rest.next()) : OptionalInt.empty();
            if (value.isEmpty()) {
                return Optional.empty();
            }
            options.put(named.get(), value.getAsInt());
        }
        return options.containsKey(Option.LONG) && options.containsKey(Option.SHORT)
                ? Optional.empty()
                : Optional.of(new Extent(options));
    }

    /** As they are told to who does not know them. */
    static String usage(Set<Option> taken) {
        return Arrays.stream(Option.values())
                .filter(taken::contains)
                .map(Option::toString)
                .collect(Collectors.joining(" "));
    }

    boolean isThorough() {
        return options.containsKey(Option.LONG);
    }

    boolean isShort() {
        return options.containsKey(Option.SHORT);
    }

    /** The number that an option gives, unless it is not given. */
    int number(Option option, int usual) {
        return options.getOrDefault(option, usual);
    }

    long seed() {
        return options.getOrDefault(Option.SEED, SEED);
    }

    /** From 1 on. */
    private static OptionalInt number(String text) {
        return text.matches("[1-9]\\d{0,8}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
