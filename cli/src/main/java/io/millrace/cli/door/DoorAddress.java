package io.millrace.cli.door;

import java.net.URI;
import java.util.Set;

/**
 * A door and the key to it.
 *
 * @param url where the ingestion service answers, without the path of its interface
 */
public record DoorAddress(URI url, String key) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    public DoorAddress {
        if (!SCHEMES.contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException("not an http or https address: " + url);
        }
        if (key.isBlank() || !key.chars().allMatch(character -> character > ' ' && character < 127)) {
            throw new IllegalArgumentException("a key is of visible ASCII characters");
        }
    }

    /**
     * An address in text.
     *
     * @throws IllegalArgumentException when it is no http or https address, or the key no key
     */
    public static DoorAddress of(String url, String key) {
        return new DoorAddress(URI.create(url.strip()), key);
    }

    URI events() {
        return URI.create(url.toString().replaceFirst("/+$", "") + "/v1/events");
    }

    /** Without the key. */
    @Override
    public String toString() {
        return url.toString();
    }
}
