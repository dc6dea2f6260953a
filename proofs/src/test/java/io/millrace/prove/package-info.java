@NullMarked
package io.millrace.prove;

import org.jspecify.annotations.NullMarked;
