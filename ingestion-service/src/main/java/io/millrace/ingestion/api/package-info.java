/** What can be sent to: paths, dialects, their answers. In: requests. Out: bodies for the door, and what it said of them. */
@NullMarked
package io.millrace.ingestion.api;

import org.jspecify.annotations.NullMarked;
