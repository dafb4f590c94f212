/** Packing. */
@Plugin
package org.gantry.plugin.packing;

import org.gantry.component.Plugin;
