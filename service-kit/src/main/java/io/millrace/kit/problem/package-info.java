/** Every answer that is not a success: an RFC 9457 problem with a stable code. */
@NullMarked
package io.millrace.kit.problem;

import org.jspecify.annotations.NullMarked;
