/** Watchdogs for the usual troubles of adversarial training. */
@Plugin
package org.gantry.plugin.watchdogs;

import org.gantry.component.Plugin;
