/** The components of the active bundles, and their creation. */
@Export
@Version("1.0.0")
package org.gantry.components;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
