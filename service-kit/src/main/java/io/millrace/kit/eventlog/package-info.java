/** Whether this service may work at all: the event log and the schemas are the ones it was built for. */
@NullMarked
package io.millrace.kit.eventlog;

import org.jspecify.annotations.NullMarked;
