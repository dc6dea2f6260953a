/**
 * Loading a file of events: in lines of NDJSON, plain or gzip, out batches to the door and an account of every line.
 */
@NullMarked
package io.millrace.cli.load;

import org.jspecify.annotations.NullMarked;
