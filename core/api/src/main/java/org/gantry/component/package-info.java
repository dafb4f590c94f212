/** What makes a class a component: its annotation, its kind, and the description of its options. */
@Export
@Version("1.0.0")
package org.gantry.component;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
