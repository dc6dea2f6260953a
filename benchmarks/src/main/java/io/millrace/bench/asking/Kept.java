package io.millrace.bench.asking;

/** An answer that was kept to be counted again. */
public record Kept(Question question, Reply reply) {}
