/** What was fetched or unpacked once and is kept outside the checkout. */
@NullMarked
package io.millrace.localstack.cache;

import org.jspecify.annotations.NullMarked;
