/**
 * The real servers of one machine: Kafka, ClickHouse, PostgreSQL and S3, each in a process of its own.
 *
 * <p>In: a folder for the data, ports, and which parts are wanted. Out: running servers and their addresses. Tests
 * start at {@link io.millrace.localstack.LocalStack#shared()}.
 */
@NullMarked
package io.millrace.localstack;

import org.jspecify.annotations.NullMarked;
