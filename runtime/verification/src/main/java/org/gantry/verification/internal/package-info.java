/**
 * How plugins are verified: {@link org.gantry.verification.internal.Manifests} reads what a jar
 * says of itself, {@link org.gantry.verification.internal.Installed} tries the bundle in the
 * framework, and {@link org.gantry.verification.internal.Specimen} each of its components.
 */
package org.gantry.verification.internal;
