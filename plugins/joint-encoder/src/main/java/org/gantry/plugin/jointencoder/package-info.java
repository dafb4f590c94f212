/** The topology that judges samples together with their codes. */
@Plugin
package org.gantry.plugin.jointencoder;

import org.gantry.component.Plugin;
