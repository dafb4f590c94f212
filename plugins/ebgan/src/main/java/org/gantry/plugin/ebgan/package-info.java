/** Energy-based GANs: the margin loss and the pulling-away term. */
@Plugin
package org.gantry.plugin.ebgan;

import org.gantry.component.Plugin;
