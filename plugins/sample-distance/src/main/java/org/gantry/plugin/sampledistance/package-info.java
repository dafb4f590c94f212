/** How far samples are from one another. */
@Plugin
package org.gantry.plugin.sampledistance;

import org.gantry.component.Plugin;
