/** Tenants, keys and rules, over HTTP, for whoever has the admin token. */
@NullMarked
package io.millrace.ingestion.admin;

import org.jspecify.annotations.NullMarked;
