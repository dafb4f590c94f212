/** Recipes: reading them, binding options, and composing training graphs. */
@Export
@Version("1.0.0")
package org.gantry.recipes;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
