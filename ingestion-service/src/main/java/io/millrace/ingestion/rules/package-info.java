/**
 * What tenants want done with their events before these are taken: dropped, sampled, held against a schema. In: rules from
 * PostgreSQL, read again when they change. Out: a decision about each event.
 */
@NullMarked
package io.millrace.ingestion.rules;

import org.jspecify.annotations.NullMarked;
