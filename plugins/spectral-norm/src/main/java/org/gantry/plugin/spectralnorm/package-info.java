/** Spectral normalisation. */
@Plugin
package org.gantry.plugin.spectralnorm;

import org.gantry.component.Plugin;
