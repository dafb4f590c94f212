/** The kinds of component that the host composes, in one table. */
@Export
@Version("1.0.0")
package org.gantry.kind;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
