package io.millrace.localstack.launcher;

import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the services of one machine are found, under the names of the environment. */
record Addresses(Ports ports) {

    URI of(Part service) {
        return local(ports.of(service));
    }

    URI admin() {
        return local(ports.admin());
    }

    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("MILLRACE_INGEST_URL", of(Part.INGESTION).toString());
        environment.put("MILLRACE_QUERY_URL", of(Part.ANALYTICS).toString());
        environment.put("MILLRACE_LIFECYCLE_URL", of(Part.RETENTION).toString());
        environment.put("MILLRACE_CONSUMER_URL", of(Part.CONSUMER).toString());
        environment.put("MILLRACE_ADMIN_URL", admin().toString());
        return environment;
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
