/** The uniform prior. */
@Plugin
package org.gantry.plugin.uniform;

import org.gantry.component.Plugin;
