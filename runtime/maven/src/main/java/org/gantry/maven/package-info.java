/**
 * Artifacts of Maven repositories, by the settings that the user at work has for Maven: mirrors,
 * proxies, credentials and the local repository are those of {@code settings.xml}.
 */
@Export
@Version("1.0.0")
package org.gantry.maven;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
