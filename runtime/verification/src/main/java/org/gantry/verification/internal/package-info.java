/**
 * The verification of plugins. {@link org.gantry.verification.internal.ManifestChecks} checks the
 * manifest and the content of a jar, {@link org.gantry.verification.internal.PluginUnderTest} the
 * bundle in the framework, and {@link org.gantry.verification.internal.ComponentUnderTest} each of
 * its components.
 */
package org.gantry.verification.internal;
