/** Counts the modes of a mixture that a generator covers. */
@Plugin
package org.gantry.plugin.modecoverage;

import org.gantry.component.Plugin;
