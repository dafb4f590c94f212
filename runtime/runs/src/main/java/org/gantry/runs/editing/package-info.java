/** Edits of pictures on the manifold of a generator, and their transfer to other pictures. */
@Export
@Version("1.0.0")
package org.gantry.runs.editing;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
