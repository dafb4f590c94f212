/** The non-saturating loss. */
@Plugin
package org.gantry.plugin.nonsaturating;

import org.gantry.component.Plugin;
