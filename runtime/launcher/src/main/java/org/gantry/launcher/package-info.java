/**
 * Starts the framework around the bundles of an installation: for the command line ({@link
 * org.gantry.launcher.Main}) and embedded in any Java program ({@link org.gantry.launcher.Gantry}).
 *
 * <p>What the launcher and the bundles share is the package {@link org.gantry.host}: the launcher
 * offers {@link org.gantry.host.Installation} and {@link org.gantry.host.TensorEngine}, and calls
 * the {@link org.gantry.host.CommandLine} that the bundle with the commands registers.
 */
package org.gantry.launcher;
