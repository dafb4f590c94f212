/** The sliced Wasserstein distance, of points and of image pyramids. */
@Plugin
package org.gantry.plugin.slicedwasserstein;

import org.gantry.component.Plugin;
