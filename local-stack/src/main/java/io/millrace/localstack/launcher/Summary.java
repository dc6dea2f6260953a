package io.millrace.localstack.launcher;

import io.millrace.localstack.Part;
import io.millrace.localstack.Server;
import java.util.Map;

/**
 * What {@code up} says at its end.
 *
 * @param machine what runs
 * @param environment how to reach it
 */
record Summary(Machine machine, Map<String, String> environment) {

    String text() {
        StringBuilder text = new StringBuilder("\n");
        for (Server server : machine.all()) {
            text.append("  %-18s port %-6d %s%n"
                    .formatted(server.part().title(), machine.port(server.part()), purpose(server.part())));
        }
        text.append("""

                  ingest key  %s
                  query key   %s
                  admin API   %s (its token is in the file below)
                  all of it   %s/env

                Try it:
                  . %s/env
                  curl -s $MILLRACE_INGEST_URL/v1/events -H "Authorization: Bearer $MILLRACE_INGEST_KEY" \\
                    -H "Content-Type: application/json" -d '{"event_type":"hello","user_id":"me"}'
                  curl -s "$MILLRACE_QUERY_URL/v1/counts?from=$(date -u +%%FT00:00:00Z)&to=$(date -u +%%FT23:59:59Z)" \\
                    -H "Authorization: Bearer $MILLRACE_QUERY_KEY"
                Stop it, and keep the data:
                  ./millrace down
                """.formatted(
                        environment.getOrDefault(DemoKeys.INGEST, ""),
                        environment.getOrDefault(DemoKeys.QUERY, ""),
                        machine.addresses().admin(),
                        machine.folder().root(),
                        machine.folder().root()));
        return text.toString();
    }

    private String purpose(Part part) {
        return switch (part) {
            case INGESTION, ANALYTICS, RETENTION, CONSUMER ->
                machine.addresses().of(part).toString();
            case KAFKA -> "bootstrap servers " + machine.stack().kafka().url();
            case CLICKHOUSE -> "HTTP, user millrace";
            case POSTGRES -> "user and database millrace";
            case S3 -> "bucket millrace";
        };
    }
}
