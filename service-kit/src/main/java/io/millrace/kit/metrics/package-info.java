/** How this project's meters are named and explained. */
@NullMarked
package io.millrace.kit.metrics;

import org.jspecify.annotations.NullMarked;
