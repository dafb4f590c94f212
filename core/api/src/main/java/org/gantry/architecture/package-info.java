/** Architectures, which build the networks for the roles of a topology. */
@Export
@Version("1.1.0")
package org.gantry.architecture;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
