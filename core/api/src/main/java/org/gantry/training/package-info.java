/** Composition, checks, the plan, and the session that executes it. */
@Export
@Version("1.3.0")
package org.gantry.training;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
