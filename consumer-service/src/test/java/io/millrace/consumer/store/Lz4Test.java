package io.millrace.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Field;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Lz4Test {
    @Test
    void isNativeInAnArchiveWhoseClassesTheSystemsLoaderDoesNotLoad() throws Exception {
        try (URLClassLoader archive =
                new URLClassLoader(classPath().toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Object byItself = archive.loadClass("net.jpountz.lz4.LZ4Factory")
                    .getMethod("fastestInstance")
                    .invoke(null);
            assertThat(byItself).as("what lz4-java does by itself").asString().doesNotContain("JNI");
            Field ours = archive.loadClass(Lz4.class.getName()).getDeclaredField("FACTORY");
            ours.setAccessible(true);
            assertThat(ours.get(null)).asString().contains("JNI");
        }
    }

    private static List<URL> classPath() throws MalformedURLException {
        List<URL> places = new ArrayList<>();
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            places.add(Path.of(place).toUri().toURL());
        }
        return places;
    }
}
