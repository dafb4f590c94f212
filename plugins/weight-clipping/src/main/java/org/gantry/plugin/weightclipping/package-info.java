/** Weight clipping. */
@Plugin
package org.gantry.plugin.weightclipping;

import org.gantry.component.Plugin;
