/** Translates pictures of any size with trained networks. */
@Export
@Version("1.0.0")
package org.gantry.runs.translation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
