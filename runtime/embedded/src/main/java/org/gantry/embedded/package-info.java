/**
 * Gantry within another Java program: compose, train, sample, and load plugins. {@link
 * org.gantry.embedded.EmbeddedGantry} is the beginning.
 *
 * <p>The types need the JDK only. A program has them on its class path and opens an installation,
 * whose classes stay in a class loader of their own: none of its libraries can clash with those of
 * the program. Only the tensor engine is shared, because its native libraries load once in a
 * process. A program that opens an installation therefore cannot use DJL's PyTorch engine itself.
 *
 * <p>Programs implement {@link org.gantry.embedded.TrainingObserver}. The other interfaces are
 * implemented by Gantry and can gain methods in any version.
 */
@Version("1.1.0")
package org.gantry.embedded;

import org.osgi.annotation.versioning.Version;
