package io.millrace.bench;

import io.millrace.cli.AdminApi;
import io.millrace.cli.AdminException;
import io.millrace.log.Tenant;

/** Keys of a tenant, made by the administration API of a running ingestion-service. */
record AccessKeys(String ingest, String query) {
    static AccessKeys make(PrivateServers servers, Tenant tenant) throws MeasurementException, InterruptedException {
        AdminApi admin = new AdminApi("http://127.0.0.1:" + servers.adminPort(), servers.adminToken());
        try {
            admin.ensureTenant(tenant);
            return new AccessKeys(
                    admin.createKey(tenant, "ingest", "bench"), admin.createKey(tenant, "query", "bench"));
        } catch (AdminException e) {
            throw new MeasurementException(String.valueOf(e.getMessage()), e);
        }
    }
}
