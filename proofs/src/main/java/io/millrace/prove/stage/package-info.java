/**
 * The servers and the consumers of one run, to be killed, frozen and started again.
 */
@NullMarked
package io.millrace.prove.stage;

import org.jspecify.annotations.NullMarked;
