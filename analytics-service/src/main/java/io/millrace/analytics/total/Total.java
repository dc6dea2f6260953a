package io.millrace.analytics.total;

/**
 * What the events of one group come to.
 *
 * @param eventType the group's
 * @param startEpochSecond of the point; 0 in answers without points
 */
public record Total(String eventType, long startEpochSecond, Measures measures) {}
