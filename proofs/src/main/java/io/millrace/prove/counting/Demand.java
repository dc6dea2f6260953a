package io.millrace.prove.counting;

/**
 * What is asked of a run's answers, beside that none is wrong.
 *
 * @param answersMin so many at least
 * @param aloneLive whether those of one instance that holds all partitions must be up to date
 * @param allLive whether those of several instances must be, which they are once they ask one another
 */
public record Demand(long answersMin, boolean aloneLive, boolean allLive) {}
