/** Noise between the layers of a network. */
@Plugin
package org.gantry.plugin.layernoise;

import org.gantry.component.Plugin;
