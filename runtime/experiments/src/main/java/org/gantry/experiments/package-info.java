/** Experiments: series of trainings, their results, and claims about the results. */
@Export
@Version("2.0.0")
package org.gantry.experiments;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
