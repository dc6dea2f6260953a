@NullMarked
package io.millrace.prove.traffic;

import org.jspecify.annotations.NullMarked;
