/**
 * Between a consumer and ClickHouse: sees every request, and lets a fault strike at an exact moment of one.
 */
@NullMarked
package io.millrace.prove.proxy;

import org.jspecify.annotations.NullMarked;
