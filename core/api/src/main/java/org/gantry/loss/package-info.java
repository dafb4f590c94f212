/** Losses: what the players of an adversarial pair minimise. */
@Export
@Version("1.0.0")
package org.gantry.loss;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
