package io.millrace.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.Checkout;
import io.millrace.prove.traffic.Seed;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** The short form of the proof: every way of spoiling, some of them only a few dozen times. */
final class DoorIT {
    @Test
    void noBodyBreaksTheDoor() throws Exception {
        Seed seed = new Seed(ThreadLocalRandom.current().nextInt(1, 1_000_000));
        Path folder = Checkout.find().root().resolve("proofs/target/runs/door-it-" + seed);

        assertThat(new Door(seed, Door.BODIES_BRIEF, System.out).run(folder))
                .as("the report is in the output; run it again with ./millrace prove door --short --seed %s", seed)
                .isTrue();
    }
}
