/** Scores under a small classifier trained on the real data. */
@Plugin
package org.gantry.plugin.classifierscore;

import org.gantry.component.Plugin;
