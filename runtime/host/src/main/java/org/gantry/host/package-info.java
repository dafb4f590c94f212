/**
 * The types that the launcher and the bundles share. The launcher has them on its class path and
 * exports them from the system bundle. Bundles compile against {@code gantry-host} with the scope
 * {@code provided}.
 *
 * <p>The launcher registers the services {@link Installation}, {@link TensorEngine} and {@link
 * BundleResolver}. The bundle with the commands registers a {@link CommandLine}, and the bundle for
 * provisioning a {@link PluginStarter}.
 */
@Version("1.0.0")
package org.gantry.host;

import org.osgi.annotation.versioning.Version;
