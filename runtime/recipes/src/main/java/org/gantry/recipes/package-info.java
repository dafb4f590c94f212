/** Recipes: reading, binding options, composing, and what to say when something does not fit. */
@Export
@Version("1.0.0")
package org.gantry.recipes;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
