/** Metrics: figures computed on what a trained generator makes. */
@Export
@Version("1.1.0")
package org.gantry.metric;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
