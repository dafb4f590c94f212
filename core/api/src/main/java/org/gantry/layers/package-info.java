/** Blocks that DJL lacks, or implements only for other engines. */
@Export
@Version("1.0.0")
package org.gantry.layers;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
