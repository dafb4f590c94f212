/** Trains, resumes and changes runs, and uses what they trained. */
@Export
@Version("1.0.0")
package org.gantry.runs.training;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
