/** Optimizers: rules that update parameters by their gradients. */
@Export
@Version("1.0.0")
package org.gantry.optimizer;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
