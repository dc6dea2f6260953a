/**
 * What must be stored by the log's own account, what is stored, and where the two differ.
 */
@NullMarked
package io.millrace.prove.verdict;

import org.jspecify.annotations.NullMarked;
