/** The Adam optimizer. */
@Plugin
package org.gantry.plugin.adam;

import org.gantry.component.Plugin;
