/**
 * Circuit breakers. In: what became of the calls to a server. Out: whether a further one is worth making; a breaker's
 * state as a meter, and each change of it in the control database.
 */
@NullMarked
package io.millrace.kit.breaker;

import org.jspecify.annotations.NullMarked;
