package io.millrace.ingestion.rules;

import io.millrace.log.Tenant;
import java.time.Instant;

/** A rule as it is stored. */
public record StoredRule(Tenant tenant, EventRule rule, Instant createdAt, Instant updatedAt) {}
