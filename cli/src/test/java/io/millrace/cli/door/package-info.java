@NullMarked
package io.millrace.cli.door;

import org.jspecify.annotations.NullMarked;
