package io.millrace.prove.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.localstack.Checkout;
import io.millrace.localstack.Part;
import io.millrace.localstack.Server;
import io.millrace.localstack.process.Tools;
import io.millrace.log.Tenant;
import io.millrace.prove.stage.ServiceProcess;
import io.millrace.prove.stage.Stage;
import io.millrace.prove.verdict.LogIds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What clients were told is there is there and counts once, whatever was killed meanwhile: shown by ids. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AcknowledgementsIT {
    private static final int SOME_EVENTS = 2_000;
    private static final int QUOTA = 300;
    private static final int BURST_SECONDS = 1;
    private static final double NANOS = 1e9;
    private static final String ACCEPTED = "millrace_ingestion_events_accepted_total";

    private final Path folder =
            Checkout.find().root().resolve("proofs/target/runs/acknowledgements-it-" + UUID.randomUUID());
    private final Stage stage = Stage.openForSending(folder, 2);

    AcknowledgementsIT() throws IOException {}

    @AfterAll
    void end() throws IOException {
        stage.close();
        Stage.forget(folder);
    }

    /** Once so briefly that the door bridges it, once for so long that it cannot. */
    @Test
    void everyAcceptedEventOutlivesKafka() throws Exception {
        Server kafka = stage.server(Part.KAFKA);
        Tenant tenant = new Tenant("kafka");
        try (RetryingClients clients = clients(stage.doors().getFirst().url(), tenant)) {
            awaitEvents(clients);
            kafka.kill();
            kafka.start();
            awaitEvents(clients);
            kafka.kill();
            patiently().until(() -> clients.refused() > 0);
            kafka.start();
            awaitEvents(clients);
            clients.finish();
            assertAccounted(clients, tenant);
        }
    }

    @Test
    void nothingIsLostWhenADoorBehindHaproxyIsKilled() throws Exception {
        assumeTrue(Tools.find(Haproxy.NAME).isPresent(), "the Debian package " + Haproxy.NAME + " is missing");
        Tenant tenant = new Tenant("haproxy");
        ServiceProcess first = stage.doors().getFirst();
        ServiceProcess second = stage.doors().getLast();
        try (Haproxy haproxy = Haproxy.before(stage);
                RetryingClients clients = clients(haproxy.url(), tenant)) {
            awaitEvents(first);
            awaitEvents(second);

            first.kill();

            awaitEvents(second);
            first.start();
            first.awaitReady();
            awaitEvents(first);
            clients.finish();
            assertThat(clients.refused() + clients.unanswered()).isPositive();
            assertAccounted(clients, tenant);
        }
    }

    /** Both doors have a part of it; of one that is killed the other has all, once it is known to be gone. */
    @Test
    void quotaHoldsOverBothDoorsBehindHaproxy() throws Exception {
        assumeTrue(Tools.find(Haproxy.NAME).isPresent(), "the Debian package " + Haproxy.NAME + " is missing");
        Tenant tenant = new Tenant("held");
        ServiceProcess first = stage.doors().getFirst();
        ServiceProcess second = stage.doors().getLast();
        try (Haproxy haproxy = Haproxy.before(stage);
                RetryingClients clients = clients(haproxy.url(), tenant)) {
            stage.limit(tenant, QUOTA);
            awaitRefusals(clients);
            awaitQuota("two doors", clients);
            double before = first.metric(ACCEPTED, "");
            awaitQuota("two doors, later", clients);
            assertThat(first.metric(ACCEPTED, "")).isGreaterThan(before);

            first.kill();
            awaitQuota("one of them killed", clients);

            first.start();
            first.awaitReady();
            awaitQuota("two doors again", clients);
            patiently().until(() -> first.metric(ACCEPTED, "") > 0);
            awaitQuota("two doors again, both busy", clients);
            clients.finish();
            assertAccounted(clients, tenant);
        }
        assertThat(second.metric(ACCEPTED, "")).isPositive();
    }

    /** The quota is known and what was saved up used up. */
    private static void awaitRefusals(RetryingClients clients) {
        long before = clients.refused();
        patiently().until(() -> clients.refused() > before + QUOTA);
    }

    /**
     * Within a tenth of the quota once the doors agree on their shares. Until then less, or more by the one burst that a
     * door lets pass before the others know of it.
     */
    private static void awaitQuota(String when, RetryingClients clients) {
        patiently().until(() -> {
            int before = clients.accepted().size();
            long begun = System.nanoTime();
            patiently()
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> clients.accepted().size() >= before + SOME_EVENTS);
            double seconds = (System.nanoTime() - begun) / NANOS;
            double perSecond = (clients.accepted().size() - before) / seconds;
            System.out.printf("%s: %.1f events/s of %d%n", when, perSecond, QUOTA);
            assertThat(perSecond).as(when).isLessThan(1.1 * QUOTA + QUOTA * BURST_SECONDS / seconds);
            return perSecond > 0.9 * QUOTA && perSecond < 1.1 * QUOTA;
        });
    }

    private RetryingClients clients(URI url, Tenant tenant) {
        return new RetryingClients(url, stage.makeIngestKey(tenant));
    }

    /** Until that many more events are accepted than now. */
    private static void awaitEvents(RetryingClients clients) {
        int before = clients.accepted().size();
        patiently().until(() -> clients.accepted().size() >= before + SOME_EVENTS);
    }

    /** The same of those that one door has taken. */
    private static void awaitEvents(ServiceProcess door) {
        double before = door.metric(ACCEPTED, "");
        patiently().until(() -> door.metric(ACCEPTED, "") >= before + SOME_EVENTS);
    }

    private void assertAccounted(RetryingClients clients, Tenant tenant) {
        LogIds log = LogIds.read(stage.server(Part.KAFKA).url(), tenant);
        assertThat(clients.complaints()).isEmpty();
        assertThat(clients.accepted()).isEqualTo(clients.sent());
        // Among a hundred thousand ids, what AssertJ offers for this compares each with each.
        assertThat(clients.accepted().stream().filter(id -> log.counted(id) != 1))
                .as("accepted, and not counted once")
                .isEmpty();
        assertThat(log.all().stream().filter(id -> !clients.sent().contains(id)))
                .as("never sent")
                .isEmpty();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(90));
    }
}
