package io.millrace.analytics;

import java.util.Locale;

/** Why an answer is not marked exact: the closed list behind {@code meta.reasons}, in the API by its name in lower case. */
enum Inexactness {
    /** Stored days were being replaced or dropped all the while, so the answer may be a mixture. */
    STORAGE_CHANGING,
    /** Retention dropped events that the question may be about; the answer counts those that are kept. */
    EXPIRED,
    /** Users are estimated, each number within the bound that is given with it. */
    APPROXIMATE,
    /** A tenant's rule let in some events only: counts and sums are scaled back, least and largest and users are not. */
    SAMPLED;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
