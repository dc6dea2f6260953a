package io.millrace.consumer.partition;

import io.millrace.kit.problem.OtherMethods;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code GET /v1/partitions}: the partitions this process owns. Has nothing of any tenant in it. */
final class PartitionsRoute {
    private static final String PATH = "/v1/partitions";

    private final PartitionBoard board;

    PartitionsRoute(PartitionBoard board) {
        this.board = board;
    }

    RouterFunction<ServerResponse> route() {
        return RouterFunctions.route()
                .GET(PATH, _ -> ServerResponse.ok().bodyValue(Map.of("partitions", partitions())))
                .build()
                .and(OtherMethods.of(PATH, HttpMethod.GET));
    }

    private List<Map<String, Object>> partitions() {
        return board.all().stream().map(this::json).toList();
    }

    private Map<String, Object> json(PartitionStatus status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("partition", status.partition());
        json.put("state", status.state().text());
        status.storedUpTo().ifPresent(offset -> json.put("stored_up_to", offset));
        board.lagRecords(status).ifPresent(records -> json.put("lag_records", records));
        board.lag(status).ifPresent(lag -> json.put("lag_seconds", lag.toMillis() / 1_000.0));
        if (!status.problem().isEmpty()) {
            json.put("problem", status.problem());
            json.put("failures", status.failures());
        }
        return json;
    }
}
