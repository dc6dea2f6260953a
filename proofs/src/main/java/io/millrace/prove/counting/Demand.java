package io.millrace.prove.counting;

/**
 * What is asked of a run's answers, beside that none is wrong.
 *
 * @param answersMin so many at least
 * @param live whether they must be up to date, too
 */
public record Demand(long answersMin, boolean live) {}
