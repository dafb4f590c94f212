/** Boundary equilibrium GANs. */
@Plugin
package org.gantry.plugin.began;

import org.gantry.component.Plugin;
