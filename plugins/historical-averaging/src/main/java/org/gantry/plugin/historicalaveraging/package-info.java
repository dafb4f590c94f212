/** Historical averaging. */
@Plugin
package org.gantry.plugin.historicalaveraging;

import org.gantry.component.Plugin;
