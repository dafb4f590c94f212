/** Virtual batch normalisation. */
@Plugin
package org.gantry.plugin.virtualbatchnorm;

import org.gantry.component.Plugin;
