/** Samples at random codes, and along paths between them. */
@Plugin
package org.gantry.plugin.randomsampler;

import org.gantry.component.Plugin;
