package io.millrace.audit;

/**
 * What a table has of one partition and day.
 *
 * @param offsetMax highest offset among the rows
 */
record StoredRows(long rows, long offsetMax) {}
