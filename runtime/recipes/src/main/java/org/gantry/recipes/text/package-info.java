/** YAML with the position of every value, and the problems that readers of it report. */
@Export
@Version("1.0.0")
package org.gantry.recipes.text;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
