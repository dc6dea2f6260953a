/** PostgreSQL from its published binaries. */
@NullMarked
package io.millrace.localstack.postgres;

import org.jspecify.annotations.NullMarked;
