/** The symbolic training graph that topologies, losses and regularizers write. */
@Export
@Version("1.2.0")
package org.gantry.graph;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
