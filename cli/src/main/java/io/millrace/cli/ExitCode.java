package io.millrace.cli;

/** What commands tell the shell. */
final class ExitCode {
    static final int DONE = 0;
    static final int REJECTIONS = 1;
    static final int DIFFERENCES = 1;
    static final int FAILED = 2;

    private ExitCode() {}
}
