@NullMarked
package io.millrace.consumer;

import org.jspecify.annotations.NullMarked;
