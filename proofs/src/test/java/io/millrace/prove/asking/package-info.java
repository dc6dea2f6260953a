@NullMarked
package io.millrace.prove.asking;

import org.jspecify.annotations.NullMarked;
