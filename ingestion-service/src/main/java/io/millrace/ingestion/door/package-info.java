/** The HTTP side of ingestion. In: requests. Out: answers, after the publisher has acknowledged. */
@NullMarked
package io.millrace.ingestion.door;

import org.jspecify.annotations.NullMarked;
