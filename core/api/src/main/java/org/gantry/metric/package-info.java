/** Metrics: measures of the samples of a trained generator. */
@Export
@Version("1.3.0")
package org.gantry.metric;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
