@NullMarked
package io.millrace.cli.load;

import org.jspecify.annotations.NullMarked;
