/**
 * Resolves artifacts of Maven repositories, with the mirrors, proxies, credentials and local
 * repository of the user's {@code settings.xml}.
 */
@Export
@Version("1.0.0")
package org.gantry.maven;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
