/** The components that the installed bundles contribute, and how they are created. */
@Export
@Version("1.0.0")
package org.gantry.components;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
