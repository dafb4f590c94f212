/** Paper with axes, on which values can be put. */
@Export
@Version("1.0.0")
package org.gantry.runs.plot;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
