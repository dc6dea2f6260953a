/** Runs: one at a time over all instances, each recorded, each finished by the next when its process died. */
@NullMarked
package io.millrace.retention.run;

import org.jspecify.annotations.NullMarked;
