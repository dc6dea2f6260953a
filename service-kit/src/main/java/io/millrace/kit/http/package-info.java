/**
 * The HTTP server of a service, as far as Spring Boot's settings do not reach. In: the server. Out: every answer written
 * by the thread of its connection, a problem in each refusal of the server itself, and what is said of limits.
 */
@NullMarked
package io.millrace.kit.http;

import org.jspecify.annotations.NullMarked;
