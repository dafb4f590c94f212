/** Verification: checks whether a plugin keeps the contracts of plugins and components. */
@Export
@Version("1.0.0")
package org.gantry.verification;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
