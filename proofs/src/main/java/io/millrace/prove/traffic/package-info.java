/**
 * What goes into the log: events, retries, refuse and foreign transactions, all from one seed, each with a note of what
 * must become of it.
 */
@NullMarked
package io.millrace.prove.traffic;

import org.jspecify.annotations.NullMarked;
