/** One-sided label smoothing. */
@Plugin
package org.gantry.plugin.labelsmoothing;

import org.gantry.component.Plugin;
