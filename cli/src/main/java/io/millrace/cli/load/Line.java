package io.millrace.cli.load;

/** A line of the input that is not blank. */
final class Line {
    private final long number;
    private final byte[] text;
    private final long bytes;

    /**
     * A line as it was read.
     *
     * @param number its number in the file, from 1, blank lines counted
     * @param text its bytes without the line's end; only the first of them if it is longer than the reader's limit
     * @param bytes its length, however much of it is in the text
     */
    Line(long number, byte[] text, long bytes) {
        this.number = number;
        this.text = text;
        this.bytes = bytes;
    }

    long number() {
        return number;
    }

    byte[] text() {
        return text;
    }

    long bytes() {
        return bytes;
    }

    boolean isWhole() {
        return text.length == bytes;
    }
}
