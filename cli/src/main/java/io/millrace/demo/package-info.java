/**
 * Synthetic shop traffic: in a seed and the events' times, out JSON bytes as the door takes them. Pure and repeatable,
 * so that the demo, the benchmarks and other modules' tests feed on the same events.
 */
@NullMarked
package io.millrace.demo;

import org.jspecify.annotations.NullMarked;
