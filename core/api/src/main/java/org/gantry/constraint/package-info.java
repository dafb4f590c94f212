/** Constraints on pictures, such as brushes, which an edit of a picture obeys. */
@Export
@Version("1.0.0")
package org.gantry.constraint;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
