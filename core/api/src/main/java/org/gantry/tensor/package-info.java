/** The tensor layer: random streams, gradients, kernels, and access to the engine behind DJL. */
@Export
@Version("2.5.0")
package org.gantry.tensor;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
