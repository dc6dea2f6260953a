@NullMarked
package io.millrace.cli.env;

import org.jspecify.annotations.NullMarked;
