/** Blends a part of one picture into another: the Gaussian-Poisson equation on a pyramid. */
@Export
@Version("1.0.0")
package org.gantry.runs.blending;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
