package io.millrace.prove;

import io.millrace.prove.fault.FaultLog;
import io.millrace.prove.proxy.ExchangeLog;
import io.millrace.prove.stage.ServiceProcess;
import io.millrace.prove.stage.Stage;
import io.millrace.prove.verdict.Difference;
import io.millrace.prove.verdict.Finding;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells what was found, and of the first differences what happened around them. */
final class Report {
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final int EXPLAINED_MAX = 2;
    private static final Pattern WORTH_SHOWING =
            Pattern.compile("millrace_consumer_(repairs|retries|commit_failures)\\w*_total.*");

    private final Stage stage;
    private final FaultLog faults;
    private final PrintStream out;

    Report(Stage stage, FaultLog faults, PrintStream out) {
        this.stage = stage;
        this.faults = faults;
        this.out = out;
    }

    /** What the consumers that are left count of their own work, since their last start. */
    void consumers() {
        for (ServiceProcess consumer : stage.consumers()) {
            consumer.metrics().stream()
                    .flatMap(String::lines)
                    .filter(line -> WORTH_SHOWING.matcher(line).matches())
                    .forEach(line -> out.printf("consumer %d  %s%n", consumer.number(), line));
        }
    }

    void finding(Finding finding) {
        out.printf("%-62s %s%n", finding.question(), finding.holds() ? "yes" : "NO: " + finding.counts());
        Set<String> explained = new HashSet<>();
        for (Difference difference : finding.first()) {
            out.println("    " + difference);
            // One of a kind: its neighbours were in the same requests.
            if (difference.isPlaced() && explained.size() < EXPLAINED_MAX && explained.add(difference.what())) {
                explain(difference);
            }
        }
    }

    private void explain(Difference difference) {
        List<ExchangeLog.Line> lines = stage.exchanges().concerning(difference.partition(), difference.offset());
        lines.forEach(line -> out.println("        " + line));
        faults.entries().stream()
                .filter(entry -> lines.stream()
                        .anyMatch(line -> entry.isAround(line.began(), MARGIN) || entry.isAround(line.ended(), MARGIN)))
                .forEach(entry -> out.println("        fault " + entry));
    }
}
