/** The RMSProp optimizer. */
@Plugin
package org.gantry.plugin.rmsprop;

import org.gantry.component.Plugin;
