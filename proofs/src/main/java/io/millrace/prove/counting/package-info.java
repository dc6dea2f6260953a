/**
 * The recount of answers: the log's events laid out so that any answer is a few sums, and each answer of a run held against
 * them at its own position.
 */
@NullMarked
package io.millrace.prove.counting;

import org.jspecify.annotations.NullMarked;
