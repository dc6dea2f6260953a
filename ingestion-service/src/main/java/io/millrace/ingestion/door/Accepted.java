package io.millrace.ingestion.door;

import java.util.List;

/**
 * The body of a 202. Every event of the request is in one of the first four.
 *
 * @param accepted events that Kafka has
 * @param rejected events that were not acceptable
 * @param dropped events that a rule of the tenant left out
 * @param deadLetters events that Kafka has as dead letters, since a rule of the tenant says so
 * @param position a token that a question can be given, to be answered with these events within
 */
public record Accepted(
        int accepted, List<Rejection> rejected, List<Dropped> dropped, List<Rejection> deadLetters, String position) {}
