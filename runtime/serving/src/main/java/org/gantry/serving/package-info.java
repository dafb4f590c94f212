/** Answers requests for samples and translations of trained networks over HTTP. */
@Export
@Version("1.0.0")
package org.gantry.serving;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
