/** Experiments: series of trainings, what came of them, and whether what is claimed holds. */
@Export
@Version("1.0.0")
package org.gantry.experiments;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
