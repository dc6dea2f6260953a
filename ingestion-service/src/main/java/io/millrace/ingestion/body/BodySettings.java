package io.millrace.ingestion.body;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What bodies are taken.
 *
 * @param bodySizeMax of a request as sent; 4 MiB, about 10,000 events of usual size. Beyond: 413
 * @param decompressedSizeMax of a compressed request once it is unpacked; 16 MiB. Beyond: 413
 * @param decompressionRatioMax how many times its size a body may unpack to, once that is more than 64 KiB; 200, ten times
 *     what events usually do. Beyond: 413
 * @param bodyTimeout for a request's body to come in; 30 s, after which its sender is not sending. Then: 408
 * @param inFlightSizeMax bodies held at once, from their first byte until Kafka has acknowledged; 64 MiB, as a body
 *     costs about six times its size in memory on its way. At 375 B an event and 20 ms an acknowledgement it is also
 *     eight million events a second. Beyond: 503
 * @param inFlightRequestsMax requests held at once, however small; 10,000 of a few KiB each. Beyond: 503
 */
@ConfigurationProperties("millrace.ingestion")
record BodySettings(
        @DefaultValue("4MB") DataSize bodySizeMax,
        @DefaultValue("16MB") DataSize decompressedSizeMax,
        @DefaultValue("200") int decompressionRatioMax,
        @DefaultValue("30s") Duration bodyTimeout,
        @DefaultValue("64MB") DataSize inFlightSizeMax,
        @DefaultValue("10000") int inFlightRequestsMax) {

    public BodySettings {
        if (bodySizeMax.toBytes() < 1 || inFlightRequestsMax < 1 || decompressionRatioMax < 1) {
            throw new IllegalArgumentException("limits under millrace.ingestion must be at least 1");
        }
        if (decompressedSizeMax.compareTo(bodySizeMax) < 0 || inFlightSizeMax.compareTo(decompressedSizeMax) < 0) {
            throw new IllegalArgumentException("millrace.ingestion needs body-size-max <= decompressed-size-max"
                    + " <= in-flight-size-max, else the largest body could never be taken");
        }
        if (decompressedSizeMax.toBytes() > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("millrace.ingestion.decompressed-size-max must be below 1 GiB");
        }
        if (bodyTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("millrace.ingestion.body-timeout must be positive");
        }
    }
}
