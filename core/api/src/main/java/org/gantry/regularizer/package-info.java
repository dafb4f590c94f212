/** Regularizers: edits of the training graph. */
@Export
@Version("1.0.0")
package org.gantry.regularizer;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
