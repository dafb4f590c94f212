/** Augmentation of what a discriminator sees. */
@Plugin
package org.gantry.plugin.augmentation;

import org.gantry.component.Plugin;
