/**
 * Packs the product for users who do not build it: archives with a run time, a Debian package, a
 * container image, and their checksums. {@link org.gantry.release.ReleaseBuilder} is the program.
 *
 * <p>The same product and the same JDK give the same bytes: entries are sorted, have one time, and
 * belong to the user 0.
 */
package org.gantry.release;
