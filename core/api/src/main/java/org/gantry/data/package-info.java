/** Data sets: named fields of fixed shape, read by index or drawn at random. */
@Export
@Version("1.0.0")
package org.gantry.data;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
