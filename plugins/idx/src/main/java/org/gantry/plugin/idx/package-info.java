/** Pictures in files of the IDX format. */
@Plugin
package org.gantry.plugin.idx;

import org.gantry.component.Plugin;
