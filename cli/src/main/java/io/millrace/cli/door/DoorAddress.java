package io.millrace.cli.door;

import java.net.URI;

/**
 * A door and the key to it.
 *
 * @param url where the ingestion service answers, without the path of its interface
 */
public record DoorAddress(URI url, String key) {
    public DoorAddress {
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("not an http or https address: " + url);
        }
        if (key.isBlank() || !key.chars().allMatch(character -> character > ' ' && character < 127)) {
            throw new IllegalArgumentException("a key is of visible ASCII characters");
        }
    }

    /** @throws IllegalArgumentException when the text is no http or https address, or the key no key */
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
