package io.millrace.audit;

import io.millrace.address.ServerUrl;

/**
 * What is to be audited.
 *
 * @param kafka bootstrap servers
 * @param clickHouse with the database of the tables
 * @param postgres the control database
 * @param topic of the events
 */
public record AuditTarget(String kafka, ServerUrl clickHouse, ServerUrl postgres, String topic) {}
