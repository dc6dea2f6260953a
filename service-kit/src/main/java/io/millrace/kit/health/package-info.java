/** Whether the servers behind a service answer, asked within a bound and seldom. */
@NullMarked
package io.millrace.kit.health;

import org.jspecify.annotations.NullMarked;
