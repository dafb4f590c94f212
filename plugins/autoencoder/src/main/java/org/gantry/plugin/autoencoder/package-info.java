/** Discriminators that reproduce samples. */
@Plugin
package org.gantry.plugin.autoencoder;

import org.gantry.component.Plugin;
