@NullMarked
package io.millrace.retention;

import org.jspecify.annotations.NullMarked;
