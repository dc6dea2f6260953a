/** How long each kind of data is kept. In: the table {@code retention_policies} and those who change it. Out: policies. */
@NullMarked
package io.millrace.retention.policy;

import org.jspecify.annotations.NullMarked;
