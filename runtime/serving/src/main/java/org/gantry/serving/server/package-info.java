/** The server of models. */
@Export
@Version("1.0.0")
package org.gantry.serving.server;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
