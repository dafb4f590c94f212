/** The ring of sockets through which the workers of a training exchange values. */
@Export
@Version("1.0.0")
package org.gantry.workers;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
