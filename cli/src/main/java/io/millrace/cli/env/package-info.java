/**
 * Where a command finds the services: in the process's environment or in the file that {@code millrace up} writes; out
 * the settings by name.
 */
@NullMarked
package io.millrace.cli.env;

import org.jspecify.annotations.NullMarked;
