/** 10,000 handwritten digits. */
@Plugin
package org.gantry.plugin.digits;

import org.gantry.component.Plugin;
