package io.millrace.bench;

import java.io.PrintStream;

final class Pipeline implements Measurement {
    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String purpose() {
        return "";
    }

    @Override
    public void run(boolean thorough, PrintStream out) throws MeasurementException {
        throw new MeasurementException("x");
    }
}
