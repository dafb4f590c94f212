/** Instance noise. */
@Plugin
package org.gantry.plugin.instancenoise;

import org.gantry.component.Plugin;
