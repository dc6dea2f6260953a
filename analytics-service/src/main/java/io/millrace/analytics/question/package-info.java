/** Questions as values. In: a request's parameters. Out: a {@link io.millrace.analytics.question.Question}, or a 400. */
@NullMarked
package io.millrace.analytics.question;

import org.jspecify.annotations.NullMarked;
