/** How alike pictures are, at several scales. */
@Plugin
package org.gantry.plugin.structuralsimilarity;

import org.gantry.component.Plugin;
