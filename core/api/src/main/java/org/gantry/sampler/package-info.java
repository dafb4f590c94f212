/** Samplers: ways to draw samples from a trained model. */
@Export
@Version("1.1.0")
package org.gantry.sampler;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
