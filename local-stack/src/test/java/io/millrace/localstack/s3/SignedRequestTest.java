package io.millrace.localstack.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignedRequestTest {
    // Computed apart from this code, by the published steps, with Python's hmac.
    private static final String SIGNATURE = "70b72cfaa532f7858d0baed4cc26d1f354ff77453b1a31e3b9c19fb9b2fc75f7";

    @Test
    void signatureIsTheOneAnotherImplementationMakes() {
        var request = new SignedRequest("access", "secret")
                .sign("PUT", URI.create("http://127.0.0.1:18400/millrace"), Instant.parse("2026-11-20T12:00:00Z"))
                .build();
        assertThat(request.headers().firstValue("x-amz-date")).contains("20261120T120000Z");
        assertThat(request.headers().firstValue("Authorization"))
                .contains("AWS4-HMAC-SHA256 Credential=access/20261120/us-east-1/s3/aws4_request, "
                        + "SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=" + SIGNATURE);
    }
}
