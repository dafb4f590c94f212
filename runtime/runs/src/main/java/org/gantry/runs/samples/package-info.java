/** What to make with trained networks, and values for its inputs. */
@Export
@Version("1.0.0")
package org.gantry.runs.samples;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
