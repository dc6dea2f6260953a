/** The vendors' images of the same versions, for tests on machines that have Docker. */
@NullMarked
package io.millrace.localstack.containers;

import org.jspecify.annotations.NullMarked;
