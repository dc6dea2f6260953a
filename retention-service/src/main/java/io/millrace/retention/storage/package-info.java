/** ClickHouse and Kafka as retention sees them: which days are stored, how far, and the statements that drop one. */
@NullMarked
package io.millrace.retention.storage;

import org.jspecify.annotations.NullMarked;
