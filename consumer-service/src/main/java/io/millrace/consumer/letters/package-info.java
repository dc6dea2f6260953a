/**
 * The workbench for dead letters. In: questions and replays over HTTP, rows of {@code dead_letters}. Out: letters,
 * counts of them, and letters produced again to the topic, from where they take the one road.
 *
 * <p>A letter is produced again at most once, whatever is interrupted, killed, frozen or repeated: see {@link
 * io.millrace.consumer.letters.Replays}.
 */
@NullMarked
package io.millrace.consumer.letters;

import org.jspecify.annotations.NullMarked;
