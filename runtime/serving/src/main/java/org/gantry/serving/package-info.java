/** Which models are served, and how: their places, limits and the token. */
@Export
@Version("1.0.0")
package org.gantry.serving;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
