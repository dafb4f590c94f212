/** Watchdogs: detectors of trouble during training. */
@Export
@Version("1.0.0")
package org.gantry.watchdog;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
