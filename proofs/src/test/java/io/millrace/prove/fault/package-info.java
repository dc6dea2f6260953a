@NullMarked
package io.millrace.prove.fault;

import org.jspecify.annotations.NullMarked;
