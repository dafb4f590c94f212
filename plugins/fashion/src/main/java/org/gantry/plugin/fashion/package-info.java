/** 10,000 photographs of clothes. */
@Plugin
package org.gantry.plugin.fashion;

import org.gantry.component.Plugin;
