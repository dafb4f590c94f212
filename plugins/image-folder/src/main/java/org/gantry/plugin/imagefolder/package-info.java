/** Pictures below a folder. */
@Plugin
package org.gantry.plugin.imagefolder;

import org.gantry.component.Plugin;
