/**
 * What several modules of the runtime need and none of them owns: atomic writing of files, hashes,
 * error texts, class loaders of threads, and JSON texts. It depends on the JDK only.
 */
@Version("1.0.0")
package org.gantry.host.support;

import org.osgi.annotation.versioning.Version;
