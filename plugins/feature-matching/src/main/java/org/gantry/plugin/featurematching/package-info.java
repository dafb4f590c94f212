/** Feature matching. */
@Plugin
package org.gantry.plugin.featurematching;

import org.gantry.component.Plugin;
