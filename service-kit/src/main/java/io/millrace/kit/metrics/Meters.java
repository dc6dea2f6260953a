package io.millrace.kit.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The project's own meters. Each is called {@code millrace.<service>.<what>} ({@code millrace_<service>_<what>} in
 * Prometheus), counts in base units (seconds, bytes), and has a help text: there is no other way to make one here.
 * Making a meter twice gives the same meter.
 */
public final class Meters {
    private static final Pattern NAME = Pattern.compile("millrace(\\.[a-z][a-z0-9]*)+");

    private final MeterRegistry registry;

    /** For the registry the meters shall be in. */
    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A count of things; Prometheus sees it with the ending {@code _total}. */
    public Counter counter(String name, String help, Tags tags) {
        return Counter.builder(checked(name, help)).description(help).tags(tags).register(registry);
    }

    /** A count of bytes; Prometheus sees it with the ending {@code _bytes_total}. */
    public Counter byteCounter(String name, String help, Tags tags) {
        return Counter.builder(checked(name, help))
                .description(help)
                .baseUnit(BaseUnits.BYTES)
                .tags(tags)
                .register(registry);
    }

    /**
     * A time, as a histogram that instances can be added up over; Prometheus sees it with the ending {@code _seconds}.
     *
     * @param longest above which differences do not matter any more
     */
    public Timer timer(String name, String help, Duration longest, Tags tags) {
        return Timer.builder(checked(name, help))
                .description(help)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(longest)
                .tags(tags)
                .register(registry);
    }

    /** How many there were each time: rows of a batch, events of a request. */
    public DistributionSummary sizes(String name, String help, Tags tags) {
        return DistributionSummary.builder(checked(name, help))
                .description(help)
                .tags(tags)
                .register(registry);
    }

    /**
     * A value of now, asked for at each scrape.
     *
     * @param unit the base unit: {@link BaseUnits#BYTES}, {@code seconds}, or what is counted ({@code records})
     */
    public Gauge gauge(String name, String help, String unit, Supplier<Number> value) {
        return Gauge.builder(checked(name, help), value)
                .description(help)
                .baseUnit(unit)
                .register(registry);
    }

    /** Whether something is so now, asked for at each scrape: 1 or 0. */
    public Gauge flag(String name, String help, Tags tags, BooleanSupplier value) {
        return Gauge.builder(checked(name, help), () -> value.getAsBoolean() ? 1 : 0)
                .description(help)
                .tags(tags)
                .register(registry);
    }

    private static String checked(String name, String help) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a meter's name is millrace.<service>.<what>, not " + name);
        }
        if (help.isBlank()) {
            throw new IllegalArgumentException("the meter " + name + " needs a help text");
        }
        return name;
    }
}
