/** How far samples are from one another, and how many different ones there are. */
@Plugin
package org.gantry.plugin.sampledistance;

import org.gantry.component.Plugin;
