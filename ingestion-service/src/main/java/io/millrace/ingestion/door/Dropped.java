package io.millrace.ingestion.door;

import java.util.List;

/**
 * Events of a request that a rule of their tenant left out: there is nothing to mend.
 *
 * @param code stable, for programs
 * @param indexes their places in the request, from 0, in order
 */
record Dropped(String code, List<Integer> indexes) {
    Dropped {
        indexes = List.copyOf(indexes);
    }
}
