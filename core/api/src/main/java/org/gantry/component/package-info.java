/** The annotations that make a class a component and describe its options. */
@Export
@Version("1.0.0")
package org.gantry.component;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
