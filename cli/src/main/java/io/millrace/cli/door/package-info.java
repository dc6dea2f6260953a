/**
 * The client's side of the HTTP door: in batches of events, out what the door said of each event, after as many tries
 * as patience allows.
 */
@NullMarked
package io.millrace.cli.door;

import org.jspecify.annotations.NullMarked;
