/** The relativistic loss. */
@Plugin
package org.gantry.plugin.relativistic;

import org.gantry.component.Plugin;
