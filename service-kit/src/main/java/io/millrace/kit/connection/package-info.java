/** Where the servers are and how to talk to them: settings in, bounded clients out. */
@NullMarked
package io.millrace.kit.connection;

import org.jspecify.annotations.NullMarked;
