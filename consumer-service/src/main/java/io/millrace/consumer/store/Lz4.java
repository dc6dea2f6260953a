package io.millrace.consumer.store;

import net.jpountz.lz4.LZ4Factory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * LZ4 by the native library, where there is one. By itself lz4-java uses its slower Java code in a Spring Boot archive,
 * whose classes are not loaded by the system's class loader. Once loaded here the library serves Kafka's client too.
 */
final class Lz4 {
    private static final Logger LOG = LoggerFactory.getLogger(Lz4.class);

    static final LZ4Factory FACTORY = fastest();

    private Lz4() {}

    private static LZ4Factory fastest() {
        try {
            return LZ4Factory.nativeInstance();
        } catch (LinkageError | UnsupportedOperationException noLibrary) {
            LOG.info("no native LZ4 on this machine, Java's is used: {}", noLibrary.toString());
            return LZ4Factory.fastestJavaInstance();
        }
    }
}
