/** A request's bytes, within their limits. In: HTTP's buffers. Out: unpacked bytes, and how events stand in them. */
@NullMarked
package io.millrace.ingestion.body;

import org.jspecify.annotations.NullMarked;
