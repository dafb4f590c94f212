/** The report page on one or several runs. */
@Export
@Version("1.0.0")
package org.gantry.runs.report;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
