@NullMarked
package io.millrace.prove.verdict;

import org.jspecify.annotations.NullMarked;
