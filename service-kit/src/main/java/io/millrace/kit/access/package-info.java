/** Who is calling: tenants, API keys, scopes and the admin token. */
@NullMarked
package io.millrace.kit.access;

import org.jspecify.annotations.NullMarked;
