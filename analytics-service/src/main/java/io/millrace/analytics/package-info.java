@NullMarked
package io.millrace.analytics;

import org.jspecify.annotations.NullMarked;
