/** Small residual networks. */
@Plugin
package org.gantry.plugin.resnet;

import org.gantry.component.Plugin;
