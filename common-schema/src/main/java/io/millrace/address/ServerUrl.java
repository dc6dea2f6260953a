package io.millrace.address;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A server's address with the account to use there: {@code scheme://user:password@host:port/database}, or with
 * {@code ?database=…} in place of the path, as ClickHouse's HTTP interface wants it. Percent-escapes in user and
 * password are decoded.
 *
 * @param scheme such as {@code postgresql} or {@code http}
 * @param user may be empty
 * @param password may be empty; never printed
 * @param host name or address
 * @param port 1 to 65535
 * @param database may be empty
 */
public record ServerUrl(String scheme, String user, String password, String host, int port, String database) {

    public ServerUrl {
        if (scheme.isEmpty() || host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a server's URL needs a scheme, a host and a port");
        }
    }

    /**
     * Reads such a URL.
     *
     * @throws IllegalArgumentException when it is none; the message does not repeat it, because of the password
     */
    public static ServerUrl parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + e.getReason());
        }
        if (uri.getScheme() == null || uri.getHost() == null || uri.getPort() < 1) {
            throw new IllegalArgumentException("a server's URL is scheme://user:password@host:port/database");
        }
        String account = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = account.indexOf(':');
        String user = colon < 0 ? account : account.substring(0, colon);
        String password = colon < 0 ? "" : account.substring(colon + 1);
        return new ServerUrl(
                uri.getScheme(), decode(user), decode(password), uri.getHost(), uri.getPort(), database(uri));
    }

    private static String database(URI uri) {
        if (uri.getQuery() != null) {
            String named = Arrays.stream(uri.getQuery().split("&"))
                    .filter(parameter -> parameter.startsWith("database="))
                    .map(parameter -> parameter.substring("database=".length()))
                    .findFirst()
                    .orElse("");
            if (!named.isEmpty()) {
                return named;
            }
        }
        String path = uri.getPath();
        return path == null || path.length() < 2 ? "" : path.substring(1);
    }

    private static String decode(String escaped) {
        // URLDecoder is made for forms, where a plus is a space; in a user's name it is a plus.
        return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without the password, for logs and messages. */
    @Override
    public String toString() {
        return scheme + "://" + (user.isEmpty() ? "" : user + "@") + host + ":" + port + "/" + database;
    }
}
