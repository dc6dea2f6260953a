package io.millrace.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.Checkout;
import io.millrace.prove.traffic.Seed;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** The short form of the proof: one of most faults, and what the printed seed gives again. */
final class SeamIT {
    @Test
    void everyExactAnswerIsTheLogBelowItsPosition() throws Exception {
        Seed seed = new Seed(ThreadLocalRandom.current().nextInt(1, 1_000_000));
        Path folder = Checkout.find().root().resolve("proofs/target/runs/seam-it-" + seed);

        assertThat(new Seam(seed, SeamScale.brief(seed), System.out).run(folder))
                .as("the report is in the output; run it again with ./millrace prove seam --short --seed %s", seed)
                .isTrue();
    }
}
