/**
 * What events come to, whoever counted them. In: numbers, from storage or from the log. Out: {@link
 * io.millrace.analytics.total.Measures} that can be added up in any order.
 */
@NullMarked
package io.millrace.analytics.total;

import org.jspecify.annotations.NullMarked;
