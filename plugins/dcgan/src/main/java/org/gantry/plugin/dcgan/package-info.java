/** Convolutional networks by the guidelines of DCGAN. */
@Plugin
package org.gantry.plugin.dcgan;

import org.gantry.component.Plugin;
