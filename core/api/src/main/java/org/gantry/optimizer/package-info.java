/** Optimizers: rules that move parameters against their gradients. */
@Export
@Version("1.0.0")
package org.gantry.optimizer;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
