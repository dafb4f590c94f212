/** Two parallel segments: the smallest game in which a generator's gradient can vanish. */
@Plugin
package org.gantry.plugin.segments;

import org.gantry.component.Plugin;
