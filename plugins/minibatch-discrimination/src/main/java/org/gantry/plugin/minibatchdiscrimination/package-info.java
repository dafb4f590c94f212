/** Minibatch discrimination. */
@Plugin
package org.gantry.plugin.minibatchdiscrimination;

import org.gantry.component.Plugin;
