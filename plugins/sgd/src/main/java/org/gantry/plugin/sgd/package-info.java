/** Stochastic gradient descent. */
@Plugin
package org.gantry.plugin.sgd;

import org.gantry.component.Plugin;
