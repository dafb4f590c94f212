/** The transfer of a change between two pictures to a third one of any size. */
@Export
@Version("1.0.0")
package org.gantry.runs.transfer;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
