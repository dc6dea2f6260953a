package io.millrace.consumer.store;

import com.clickhouse.client.api.Client;
import io.millrace.kit.breaker.Breaker;

/**
 * How ClickHouse is reached.
 *
 * @param body the form in which rows go there
 * @param breaker takes note of what becomes of calls; it keeps none from being made
 */
public record StoreAccess(Client client, InsertBody body, Breaker breaker) {}
