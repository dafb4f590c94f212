/** Topologies: how data, noise and networks form adversarial pairs. */
@Export
@Version("1.1.0")
package org.gantry.topology;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
