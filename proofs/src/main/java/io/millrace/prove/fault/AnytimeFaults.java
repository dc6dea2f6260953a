package io.millrace.prove.fault;

import io.millrace.localstack.Part;
import io.millrace.localstack.Server;
import io.millrace.prove.fault.Fault.FreezeAnytime;
import io.millrace.prove.fault.Fault.KillAnytime;
import io.millrace.prove.fault.Fault.PassMidnight;
import io.millrace.prove.fault.Fault.Restart;
import io.millrace.prove.fault.Fault.StartWithoutStore;
import io.millrace.prove.stage.ServiceProcess;
import io.millrace.prove.stage.Stage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;

/** The faults that lie in wait for no request. */
final class AnytimeFaults {
    private final Stage stage;
    private final Repairs repairs;
    private final SplittableRandom random;

    AnytimeFaults(Stage stage, Repairs repairs, SplittableRandom random) {
        this.stage = stage;
        this.repairs = repairs;
        this.random = random;
    }

    void kill(KillAnytime fault) {
        switch (fault.target()) {
            case CONSUMER, ANALYTICS -> killService(any(fault.target()), fault.down());
            case CONSUMERS -> {
                stage.consumers().forEach(ServiceProcess::kill);
                stage.consumers().forEach(consumer -> repairs.later(consumer, fault.down()));
            }
            case CLICKHOUSE -> killServer(Part.CLICKHOUSE, fault.down());
            case KAFKA -> killServer(Part.KAFKA, fault.down());
        }
    }

    void killService(ServiceProcess service, Duration down) {
        service.kill();
        repairs.later(service, down);
    }

    void killServer(Part part, Duration down) {
        stage.server(part).kill();
        repairs.later(part, down);
    }

    void restart(Restart fault) throws InterruptedException {
        switch (fault.target()) {
            case CONSUMER, ANALYTICS -> restart(any(fault.target()), fault.down());
            case CONSUMERS -> {
                for (ServiceProcess consumer : stage.consumers()) {
                    restart(consumer, fault.down());
                }
            }
            case CLICKHOUSE -> restart(stage.server(Part.CLICKHOUSE), fault.down());
            case KAFKA -> restart(stage.server(Part.KAFKA), fault.down());
        }
    }

    private void restart(ServiceProcess service, Duration down) throws InterruptedException {
        service.awaitReady();
        service.stop();
        Thread.sleep(down);
        stage.unlessClosed(service::start);
    }

    private void restart(Server server, Duration down) throws InterruptedException {
        server.stop();
        Thread.sleep(down);
        stage.unlessClosed(server::start);
    }

    void freeze(FreezeAnytime fault) throws InterruptedException {
        ServiceProcess service = any(fault.target());
        service.freeze();
        Thread.sleep(fault.asleep());
        service.thaw();
    }

    /** The store goes first, so that the instance finds none from its first moment on. */
    void startWithoutStore(StartWithoutStore fault) throws InterruptedException {
        ServiceProcess instance = any(Target.ANALYTICS);
        stage.server(Part.CLICKHOUSE).kill();
        instance.kill();
        stage.unlessClosed(instance::start);
        Thread.sleep(fault.down());
        stage.unlessClosed(stage.server(Part.CLICKHOUSE)::start);
    }

    /** {@return how far the broker's clock is ahead from now on} */
    Duration passMidnight(PassMidnight fault, Instant now) throws IOException {
        Instant before = now.plus(fault.after());
        Instant midnight = before.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        Duration ahead = Duration.between(before, midnight);
        Server kafka = stage.server(Part.KAFKA);
        kafka.stop();
        stage.brokerClock().putAhead(ahead);
        stage.unlessClosed(kafka::start);
        return ahead;
    }

    private ServiceProcess any(Target target) {
        List<ServiceProcess> services = target == Target.ANALYTICS ? stage.analytics() : stage.consumers();
        return services.get(random.nextInt(services.size()));
    }
}
