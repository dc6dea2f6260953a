package io.millrace.ingestion.door;

import io.millrace.event.InvalidEvent;
import io.millrace.log.DeadLetterMark;

/**
 * Why one event of a request was not accepted, or only as a dead letter.
 *
 * @param index its place in the request, from 0; blank lines of NDJSON do not count
 * @param code stable, for programs
 * @param detail what to mend, for people
 */
record Rejection(int index, String code, String detail) {
    static Rejection of(int index, DeadLetterMark why) {
        return new Rejection(index, why.reason(), why.detail());
    }

    static Rejection of(int index, InvalidEvent why) {
        return new Rejection(index, why.code().wire(), why.detail());
    }
}
