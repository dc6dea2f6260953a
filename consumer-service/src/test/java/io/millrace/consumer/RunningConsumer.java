package io.millrace.consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.localstack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service, in the test's own JVM, against real servers. */
public final class RunningConsumer implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;

    private RunningConsumer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static RunningConsumer start(LocalStack stack, String... properties) {
        // As arguments, which outweigh the service's own application.yaml.
        String[] arguments = Stream.concat(
                        Stream.of("server.port=0", "millrace.consumer.lag-interval=200ms"), Stream.of(properties))
                .map(property -> "--" + property)
                .toArray(String[]::new);
        return new RunningConsumer(new SpringApplicationBuilder(ConsumerService.class)
                .properties(stack.properties())
                .initializers(RunningConsumer::ownThreads)
                .run(arguments));
    }

    /** Contexts in one JVM share Netty's threads by default, and the first of them to close takes them along. */
    private static void ownThreads(ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context).registerBean(ReactorResourceFactory.class, () -> {
            ReactorResourceFactory own = new ReactorResourceFactory();
            own.setUseGlobalResources(false);
            own.setShutdownQuietPeriod(Duration.ZERO);
            return own;
        });
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    MeterRegistry meters() {
        return context.getBean(MeterRegistry.class);
    }

    double count(String meter, String... tags) {
        return meters().get(meter).tags(tags).counter().count();
    }

    double gauge(String meter, String... tags) {
        return meters().get(meter).tags(tags).gauge().value();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What {@code GET /v1/partitions} says of one. */
    JsonNode partition(int partition) throws IOException, InterruptedException {
        for (JsonNode node :
                JsonMapper.shared().readTree(get("/v1/partitions").body()).get("partitions")) {
            if (node.get("partition").intValue() == partition) {
                return node;
            }
        }
        return JsonMapper.shared().valueToTree(Map.of());
    }

    @Override
    public void close() {
        context.close();
    }
}
