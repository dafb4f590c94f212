/** The game of one generator and one discriminator. */
@Plugin
package org.gantry.plugin.unconditional;

import org.gantry.component.Plugin;
