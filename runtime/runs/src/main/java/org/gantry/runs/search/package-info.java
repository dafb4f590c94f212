/** The search for codes whose samples come close to given pictures. */
@Export
@Version("1.0.0")
package org.gantry.runs.search;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
