@NullMarked
package io.millrace.prove.proxy;

import org.jspecify.annotations.NullMarked;
