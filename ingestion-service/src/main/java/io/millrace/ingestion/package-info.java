@NullMarked
package io.millrace.ingestion;

import org.jspecify.annotations.NullMarked;
