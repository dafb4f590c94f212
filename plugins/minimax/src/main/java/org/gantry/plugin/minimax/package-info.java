/** The minimax loss. */
@Plugin
package org.gantry.plugin.minimax;

import org.gantry.component.Plugin;
