/**
 * The other instances of this service. In: questions about partitions whose tail is somewhere else. Out: what their
 * tails say, as if they were here.
 */
@NullMarked
package io.millrace.analytics.peer;

import org.jspecify.annotations.NullMarked;
