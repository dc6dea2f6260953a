/**
 * Ranges of offsets: records of one partition in, with what they are; ranges out that are stored as one each.
 *
 * <p>Pure: knows no server, no setting of its own and no clock. A replay of the same records gives the same rows, though
 * not always the same cuts.
 */
@NullMarked
package io.millrace.consumer.range;

import org.jspecify.annotations.NullMarked;
