package io.millrace.localstack.kafka;

import java.nio.file.Path;

/** The broker's settings. */
final class KafkaProperties {
    private KafkaProperties() {}

    static String text(Path log, int port, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.bootstrap.servers=127.0.0.1:%3$d
                listeners=CLIENTS://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
                advertised.listeners=CLIENTS://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
                listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=CLIENTS
                log.dirs=%1$s

                # A misspelt topic is an error, not a new topic with the wrong timestamps.
                auto.create.topics.enable=false
                # An open transaction holds back every read_committed reader.
                transaction.max.timeout.ms=10000

                # One broker.
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0

                # Small.
                offsets.topic.num.partitions=4
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.num.partitions=4
                num.network.threads=2
                num.io.threads=4
                log.cleaner.dedupe.buffer.size=16777216
                """.formatted(log, port, controllerPort);
    }
}
