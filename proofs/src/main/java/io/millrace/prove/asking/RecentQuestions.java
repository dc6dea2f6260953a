package io.millrace.prove.asking;

import java.util.SplittableRandom;

/** Questions asked lately, from which half of all are taken again, as dashboards do. For several threads. */
final class RecentQuestions {
    private static final int KEPT = 60;

    private final AnswerBook book;
    private final int[] numbers = new int[KEPT];
    private int size;

    RecentQuestions(AnswerBook book) {
        this.book = book;
    }

    /** One of them, or a new one. {@return its number in the book} */
    synchronized int next(SplittableRandom random, QuestionDraw draw) {
        if (size > 0 && random.nextBoolean()) {
            return numbers[random.nextInt(Math.min(size, KEPT))];
        }
        int number = book.add(draw.next());
        numbers[size++ % KEPT] = number;
        return number;
    }
}
