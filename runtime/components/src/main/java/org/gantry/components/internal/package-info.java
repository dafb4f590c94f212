/**
 * The extender: reads what active bundles declare, and creates what is asked for.
 *
 * <p>{@link org.gantry.components.internal.ComponentExtender} keeps the declarations, {@link
 * org.gantry.components.internal.BundleDeclarations} reads them off a bundle, {@link
 * org.gantry.components.internal.LoadedComponent} is a declared class that was found to agree with
 * its manifest, and {@link org.gantry.components.internal.ComponentFactory} runs its constructor.
 */
@Capability(namespace = "osgi.extender", name = Component.NAMESPACE, version = "1.0.0")
package org.gantry.components.internal;

import org.gantry.component.Component;
import org.osgi.annotation.bundle.Capability;
