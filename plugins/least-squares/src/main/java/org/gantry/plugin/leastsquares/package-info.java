/** Least-squares losses. */
@Plugin
package org.gantry.plugin.leastsquares;

import org.gantry.component.Plugin;
