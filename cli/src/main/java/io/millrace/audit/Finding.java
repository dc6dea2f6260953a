package io.millrace.audit;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it must be.
 *
 * @param day of receipt, null when it is not about one
 * @param difference at least 1, in the check's unit
 * @param detail what was expected and what was found, for people
 */
public record Finding(
        Check check, LogPartition place, @Nullable LocalDate day, long difference, String detail) {
    public Finding {
        if (difference < 1) {
            throw new IllegalArgumentException("a finding without a difference is none: " + detail);
        }
    }

    static Finding of(Check check, LogPartition place, long difference, String detail) {
        return new Finding(check, place, null, difference, detail);
    }

    static Finding of(Check check, PartitionDay where, long difference, String detail) {
        return new Finding(check, where.place(), where.day(), difference, detail);
    }

    public Optional<LocalDate> receivedDay() {
        return Optional.ofNullable(day);
    }

    /** Whether another is about the same thing, whatever its numbers. */
    boolean isAbout(Finding other) {
        return check == other.check
                && place.equals(other.place)
                && receivedDay().equals(other.receivedDay());
    }

    @Override
    public String toString() {
        return "%s: partition %s%s: %s"
                .formatted(check.wire(), place, day == null ? "" : ", received on " + day, detail);
    }
}
