/** What experiments declare: variants, metrics, charts and claims, and how they are read. */
@Export
@Version("1.1.0")
package org.gantry.experiments.definition;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
