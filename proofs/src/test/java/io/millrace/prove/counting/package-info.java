@NullMarked
package io.millrace.prove.counting;

import org.jspecify.annotations.NullMarked;
