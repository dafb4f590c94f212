/** Mixtures of Gaussians in the plane, whose modes can be counted. */
@Plugin
package org.gantry.plugin.gaussians;

import org.gantry.component.Plugin;
