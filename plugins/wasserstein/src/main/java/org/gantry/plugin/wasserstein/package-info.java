/** The Wasserstein loss. */
@Plugin
package org.gantry.plugin.wasserstein;

import org.gantry.component.Plugin;
