package io.millrace.cli.load;

import io.millrace.cli.door.Batch;
import io.millrace.cli.door.Rejection;

/** A batch, and which lines of the input its events were. */
final class SentLines {
    private final Batch batch;
    private final long[] numbers;

    SentLines(Batch batch, long[] numbers) {
        this.batch = batch;
        this.numbers = numbers;
    }

    RejectedLine rejected(Rejection rejection) {
        byte[] text = batch.event(rejection.index());
        return new RejectedLine(new Line(numbers[rejection.index()], text, text.length), rejection);
    }
}
