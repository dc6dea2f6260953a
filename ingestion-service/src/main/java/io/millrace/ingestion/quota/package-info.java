/**
 * How much each tenant may send. In: what requests ask for, the quotas of all tenants, what other instances are asked for.
 * Out: who may go on, and who is told to come back later.
 *
 * <p>Each instance decides alone, with its share of the quota in memory; once a second the instances tell one another
 * through PostgreSQL how much they are asked for, and share the quota accordingly. RATIONALE.md says why so.
 */
@NullMarked
package io.millrace.ingestion.quota;

import org.jspecify.annotations.NullMarked;
