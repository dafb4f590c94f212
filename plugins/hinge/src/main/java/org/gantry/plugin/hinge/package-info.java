/** The hinge loss. */
@Plugin
package org.gantry.plugin.hinge;

import org.gantry.component.Plugin;
