/** Questions from a seed, those who ask them, and the book of what they were answered. */
@NullMarked
package io.millrace.prove.asking;

import org.jspecify.annotations.NullMarked;
