@NullMarked
package io.millrace.prove.stage;

import org.jspecify.annotations.NullMarked;
