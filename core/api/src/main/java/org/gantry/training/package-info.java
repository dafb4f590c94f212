/** Compositions, the training graph and its checks, the plan of a step, and sessions. */
@Export
@Version("1.5.0")
package org.gantry.training;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
