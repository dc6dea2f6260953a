package io.millrace.kit.access;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Administration of the installation.
 *
 * @param token what admin requests carry as bearer token, at least 16 characters; no default, since a default would be
 *     a key that everyone has
 */
@ConfigurationProperties("millrace.admin")
record AdminSettings(String token) {
    static final int TOKEN_CHARACTERS_MIN = 16;

    public AdminSettings {
        if (token == null || token.length() < TOKEN_CHARACTERS_MIN) {
            throw new IllegalArgumentException(
                    "millrace.admin.token must be set, to at least " + TOKEN_CHARACTERS_MIN + " characters");
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AdminSettings[token=…]";
    }
}
