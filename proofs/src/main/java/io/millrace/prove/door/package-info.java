/** Requests that try the door: whole ones and spoilt ones, drawn from a seed, and what is to be said of its answers. */
@NullMarked
package io.millrace.prove.door;

import org.jspecify.annotations.NullMarked;
