/** Where stored and live data meet. In: a stored result and what the tails said. Out: one answer, and up to where. */
@NullMarked
package io.millrace.analytics.seam;

import org.jspecify.annotations.NullMarked;
