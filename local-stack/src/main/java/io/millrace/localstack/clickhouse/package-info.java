/** ClickHouse, by default the published library hosted in a small JVM. */
@NullMarked
package io.millrace.localstack.clickhouse;

import org.jspecify.annotations.NullMarked;
