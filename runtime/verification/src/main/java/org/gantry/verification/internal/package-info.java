/**
 * How plugins are verified: {@link org.gantry.verification.internal.ManifestChecks} reads what a
 * jar says of itself, {@link org.gantry.verification.internal.PluginUnderTest} tries the bundle in
 * the framework, and {@link org.gantry.verification.internal.ComponentUnderTest} each of its
 * components.
 */
package org.gantry.verification.internal;
