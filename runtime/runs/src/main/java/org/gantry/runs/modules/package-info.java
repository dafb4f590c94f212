/** Exported networks: what their files record about them, and how samples are drawn of them. */
@Export
@Version("1.0.0")
package org.gantry.runs.modules;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
