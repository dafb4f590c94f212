/** Emoji as colour drawings, as line art and as text. */
@Plugin
package org.gantry.plugin.emoji;

import org.gantry.component.Plugin;
