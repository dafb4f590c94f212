/** The folder of a run, and what its files record. */
@Export
@Version("1.0.0")
package org.gantry.runs;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
