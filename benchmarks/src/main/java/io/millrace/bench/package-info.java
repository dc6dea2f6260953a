/**
 * Measurements: in the name of one, out a number of ours beside a peer's or a limit's from the same run, and their
 * ratio. A number without its neighbour says more about the machine than about us.
 */
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
