/**
 * The extender, which reads the components that active bundles declare, and creates them.
 *
 * <p>{@link org.gantry.components.internal.ComponentExtender} tracks bundles, {@link
 * org.gantry.components.internal.BundleDeclarations} reads the declarations of a bundle, {@link
 * org.gantry.components.internal.LoadedComponent} is a loaded class that agrees with its manifest,
 * and {@link org.gantry.components.internal.ComponentFactory} runs its constructor.
 */
@Capability(namespace = "osgi.extender", name = Component.NAMESPACE, version = "1.0.0")
package org.gantry.components.internal;

import org.gantry.component.Component;
import org.osgi.annotation.bundle.Capability;
