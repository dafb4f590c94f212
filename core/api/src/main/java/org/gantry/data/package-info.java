/** Data sets: samples with named fields of fixed shapes, read by index or drawn at random. */
@Export
@Version("1.4.0")
package org.gantry.data;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
