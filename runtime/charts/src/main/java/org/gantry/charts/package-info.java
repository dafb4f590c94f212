/** Charts with axes and a legend, drawn as SVG or as an image. */
@Export
@Version("1.1.0")
package org.gantry.charts;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
