package io.millrace.prove.fault;

/** A state of an insert that a crash can leave behind. */
enum Torn {
    /** ClickHouse has noted the token, and the part is not there: a replay is answered with yes and stores nothing. */
    TOKEN_WITHOUT_PART,
    /** The events are in, and neither view. */
    EVENTS_WITHOUT_VIEWS,
    /** The events and one view are in, the other view is not. */
    ONE_VIEW_OF_TWO
}
