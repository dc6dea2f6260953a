/** Processes that outlive the one that started them, found again by pid and start time. */
@NullMarked
package io.millrace.localstack.process;

import org.jspecify.annotations.NullMarked;
