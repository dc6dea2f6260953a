/** What is to be dropped: a function of policies, stored days and how far the log is stored. Knows no server and no clock. */
@NullMarked
package io.millrace.retention.expiry;

import org.jspecify.annotations.NullMarked;
