/**
 * The command line: in arguments and the environment, out what a command did, in words and in an exit code: 0 all done,
 * 1 done but something was rejected, 2 not done.
 */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
