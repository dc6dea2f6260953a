/**
 * What a dashboard does: its questions, connections that ask them over and over, and what to hold the answers against.
 * Questions come in as values, answers as bytes; out go latencies and answers that were kept.
 */
@NullMarked
package io.millrace.bench.asking;

import org.jspecify.annotations.NullMarked;
