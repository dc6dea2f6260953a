/** Stored results that are kept. In: questions. Out: a stored result that is still what it was when it was read. */
@NullMarked
package io.millrace.analytics.history;

import org.jspecify.annotations.NullMarked;
