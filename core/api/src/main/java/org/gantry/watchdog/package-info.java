/** Watchdogs: what looks out for trouble while a training is under way. */
@Export
@Version("1.0.0")
package org.gantry.watchdog;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
