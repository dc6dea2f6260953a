/**
 * The plan of faults, drawn from the seed, and how each is done.
 */
@NullMarked
package io.millrace.prove.fault;

import org.jspecify.annotations.NullMarked;
