/** Topologies in which an encoder pulls the generator towards every mode of the data. */
@Plugin
package org.gantry.plugin.moderegularized;

import org.gantry.component.Plugin;
