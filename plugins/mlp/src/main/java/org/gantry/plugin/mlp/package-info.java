/** Fully connected networks. */
@Plugin
package org.gantry.plugin.mlp;

import org.gantry.component.Plugin;
