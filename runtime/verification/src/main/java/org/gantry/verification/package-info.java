/** Verification: whether a plugin keeps the promises that every plugin makes. */
@Export
@Version("1.0.0")
package org.gantry.verification;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
