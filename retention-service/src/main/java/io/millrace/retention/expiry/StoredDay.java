package io.millrace.retention.expiry;

import io.millrace.retention.policy.DataSet;
import java.time.LocalDate;

/**
 * One UTC day of receipt of a data set, which is one partition of its table.
 *
 * @param rows of the table, not merged: of the views more than their buckets
 * @param bytes on disk
 */
public record StoredDay(DataSet dataSet, LocalDate day, long rows, long bytes) {}
