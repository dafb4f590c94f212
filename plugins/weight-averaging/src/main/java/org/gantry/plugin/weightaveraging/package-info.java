/** An exponential moving average of the weights. */
@Plugin
package org.gantry.plugin.weightaveraging;

import org.gantry.component.Plugin;
