/**
 * Where the servers are: the URLs of the {@code MILLRACE_*} variables, which every service and tool is told by.
 */
@NullMarked
package io.millrace.address;

import org.jspecify.annotations.NullMarked;
