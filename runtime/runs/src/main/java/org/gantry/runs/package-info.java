/** Runs: a training in a folder of its own, and what can be made from it afterwards. */
@Export
@Version("1.0.0")
package org.gantry.runs;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
