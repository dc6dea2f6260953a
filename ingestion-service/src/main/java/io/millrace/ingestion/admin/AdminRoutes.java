package io.millrace.ingestion.admin;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Wrapped, because a bare router function among the beans would be served on the main port. */
record AdminRoutes(RouterFunction<ServerResponse> all) {}
