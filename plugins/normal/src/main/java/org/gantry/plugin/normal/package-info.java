/** The normal prior. */
@Plugin
package org.gantry.plugin.normal;

import org.gantry.component.Plugin;
