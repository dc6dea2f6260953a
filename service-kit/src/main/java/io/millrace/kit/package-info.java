/**
 * What the services share and is not the contract. In: the environment's settings. Out: bounded connections, callers
 * with tenants, problems, health, metrics, and a refusal to start against servers that do not fit.
 *
 * <p>A service imports {@link io.millrace.kit.ServiceBasics} and, of the configurations in the sub-packages, those it
 * needs; nothing here is found by scanning.
 */
@NullMarked
package io.millrace.kit;

import org.jspecify.annotations.NullMarked;
