/** Tenants, their keys, quotas and rules, over HTTP, for whoever has the admin token and does not ask too often. */
@NullMarked
package io.millrace.ingestion.admin;

import org.jspecify.annotations.NullMarked;
