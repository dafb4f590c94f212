/**
 * The boundary between the launcher and the bundles: the only types of Gantry that both know. The
 * launcher has them on its class path and exports them from the system bundle; a bundle compiles
 * against {@code gantry-host} with scope {@code provided}.
 *
 * <p>The launcher registers {@link Installation}, {@link TensorEngine} and {@link BundleResolver}
 * as services of the framework. The bundle with the commands registers a {@link CommandLine}, the
 * one that provisions plugins a {@link PluginStarter}.
 */
@Version("1.0.0")
package org.gantry.host;

import org.osgi.annotation.versioning.Version;
