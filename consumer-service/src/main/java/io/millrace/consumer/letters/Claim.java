package io.millrace.consumer.letters;

import io.millrace.log.LogPosition;

/**
 * The intent to produce a letter again, noted before it is.
 *
 * @param letter where it is
 * @param searchFrom the end of the partition it goes to, before it is sent: there or behind it is the record, if anywhere
 */
record Claim(LogPosition letter, LogPosition searchFrom) {}
