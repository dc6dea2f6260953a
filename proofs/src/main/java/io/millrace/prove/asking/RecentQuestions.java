package io.millrace.prove.asking;

import java.util.SplittableRandom;

/**
 * Questions asked before, from which most are taken again, as dashboards do: a new one costs ClickHouse a reading, one that
 * is asked again mostly none, and it is joined with a tail that has moved on. For several threads.
 */
final class RecentQuestions {
    private static final int KEPT = 20;

    /** One of so many is new. */
    private static final int NEW_OF = 40;

    /** One of so many is any that was ever asked, so that results are met which were kept for long. */
    private static final int OLD_OF = 100;

    private final AnswerBook book;
    private final int[] numbers = new int[KEPT];
    private int size;

    RecentQuestions(AnswerBook book) {
        this.book = book;
    }

    /** One of them, or a new one. {@return its number in the book} */
    synchronized int next(SplittableRandom random, QuestionDraw draw) {
        if (size < KEPT || random.nextInt(NEW_OF) == 0) {
            int number = book.add(draw.next());
            numbers[size++ % KEPT] = number;
            return number;
        }
        return random.nextInt(OLD_OF) == 0 ? random.nextInt(size) : numbers[random.nextInt(KEPT)];
    }
}
