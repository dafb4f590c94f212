/** Topologies: how data, noise and networks are wired, and which adversarial pairs arise. */
@Export
@Version("1.0.0")
package org.gantry.topology;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
