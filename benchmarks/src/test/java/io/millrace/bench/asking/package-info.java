@NullMarked
package io.millrace.bench.asking;

import org.jspecify.annotations.NullMarked;
