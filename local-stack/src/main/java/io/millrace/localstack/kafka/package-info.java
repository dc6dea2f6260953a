/** The Kafka broker. */
@NullMarked
package io.millrace.localstack.kafka;

import org.jspecify.annotations.NullMarked;
