package io.millrace.ingestion.door;

import io.millrace.event.InvalidEvent;

/**
 * Why one event of a request was not accepted.
 *
 * @param index its place in the request, from 0; blank lines of NDJSON do not count
 * @param code stable, for programs
 * @param detail what to mend, for people
 */
public record Rejection(int index, String code, String detail) {
    static Rejection of(int index, InvalidEvent why) {
        return new Rejection(index, why.code().wire(), why.detail());
    }
}
