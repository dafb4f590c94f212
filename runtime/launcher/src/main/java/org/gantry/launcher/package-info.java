/**
 * Starts the framework with the bundles of an installation, for the command line ({@link
 * org.gantry.launcher.Main}) or within another Java program ({@link
 * org.gantry.launcher.EmbeddedLaunch}).
 *
 * <p>The launcher and the bundles share the package {@link org.gantry.host}. The launcher registers
 * {@link org.gantry.host.Installation}, {@link org.gantry.host.BundleResolver} and {@link
 * org.gantry.host.TensorEngine}, and calls the {@link org.gantry.host.CommandLine} that a bundle
 * registers.
 */
package org.gantry.launcher;
