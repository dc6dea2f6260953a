/** Sending over HTTP, and how long that takes. In: requests written out once. Out: rates, latencies, processor time. */
@NullMarked
package io.millrace.bench.sending;

import org.jspecify.annotations.NullMarked;
