/**
 * Promises held against faults made on purpose: in a name and a seed, out a verdict and what was done to reach it.
 */
@NullMarked
package io.millrace.prove;

import org.jspecify.annotations.NullMarked;
