/** What this installation chose once, at its first migration, and what every service must agree on. */
@NullMarked
package io.millrace.kit.installation;

import org.jspecify.annotations.NullMarked;
