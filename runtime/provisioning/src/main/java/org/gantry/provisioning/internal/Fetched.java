package org.gantry.provisioning.internal;

import java.nio.file.Path;

/**
 * A jar that somebody asked for.
 *
 * @param jar the file
 * @param source where it came from: a file, a repository, or Maven coordinates and where those were
 *     found
 * @param voucher who says that it is what it should be, in words; empty if nobody does
 */
record Fetched(Path jar, String source, String voucher) {

  /** What to name to 'trust add' if its signer is to be trusted. */
  String certificate() {
    boolean fromMaven = MavenSource.named(source).isPresent();
    // What a repository has was fetched into a folder that is gone in a moment.
    return fromMaven || source.equals(jar.toAbsolutePath().normalize().toString())
        ? jar.toString()
        : "CERTIFICATE";
  }
}
