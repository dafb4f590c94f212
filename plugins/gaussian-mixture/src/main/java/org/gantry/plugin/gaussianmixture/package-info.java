/** The prior of clustered codes. */
@Plugin
package org.gantry.plugin.gaussianmixture;

import org.gantry.component.Plugin;
