/**
 * The commands behind the script {@code millrace}: the servers and the four services of one machine, each in a process
 * of its own, found again by their pid files.
 */
@NullMarked
package io.millrace.localstack.launcher;

import org.jspecify.annotations.NullMarked;
