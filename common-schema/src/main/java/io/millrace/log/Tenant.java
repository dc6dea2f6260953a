package io.millrace.log;

import java.util.regex.Pattern;

/** The name of a tenant: 1 to 63 of a-z, 0-9, hyphen and underscore, starting with a letter or digit. */
public record Tenant(String name) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    public Tenant {
        if (!isValid(name)) {
            throw new IllegalArgumentException(
                    "a tenant's name is 1 to 63 of a-z, 0-9, - and _, starting with a letter or digit");
        }
    }

    public static boolean isValid(String name) {
        return FORM.matcher(name).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
