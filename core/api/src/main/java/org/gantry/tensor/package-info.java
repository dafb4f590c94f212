/** The tensor layer: random streams, gradients and kernels; the only code that knows the engine. */
@Export
@Version("2.0.0")
package org.gantry.tensor;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
