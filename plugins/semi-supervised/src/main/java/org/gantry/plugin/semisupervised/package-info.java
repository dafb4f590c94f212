/** Semi-supervised learning. */
@Plugin
package org.gantry.plugin.semisupervised;

import org.gantry.component.Plugin;
