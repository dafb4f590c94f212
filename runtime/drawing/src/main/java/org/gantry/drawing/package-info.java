/** Training graphs as pictures and as data for other tools. */
@Export
@Version("1.0.0")
package org.gantry.drawing;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
