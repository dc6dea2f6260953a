/** The description that a service serves of its own API. */
@NullMarked
package io.millrace.kit.openapi;

import org.jspecify.annotations.NullMarked;
