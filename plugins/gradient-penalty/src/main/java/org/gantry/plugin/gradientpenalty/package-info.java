/** Penalties on the size of a discriminator's gradient. */
@Plugin
package org.gantry.plugin.gradientpenalty;

import org.gantry.component.Plugin;
