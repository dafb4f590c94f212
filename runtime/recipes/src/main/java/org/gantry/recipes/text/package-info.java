/** Texts whose every value knows its place, and the words for what is wrong with them. */
@Export
@Version("1.0.0")
package org.gantry.recipes.text;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
