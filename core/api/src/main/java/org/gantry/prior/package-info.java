/** Priors: the distributions of latent codes. */
@Export
@Version("1.0.0")
package org.gantry.prior;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
