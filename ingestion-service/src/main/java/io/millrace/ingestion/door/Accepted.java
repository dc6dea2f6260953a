package io.millrace.ingestion.door;

import java.util.List;

/**
 * The body of a 202.
 *
 * @param accepted events that Kafka has
 * @param rejected events that were not acceptable
 * @param position a token that a question can be given, to be answered with these events within
 */
public record Accepted(int accepted, List<Rejection> rejected, String position) {}
