package org.gantry.provisioning.internal;

import java.nio.file.Path;

/**
 * A jar that somebody asked for.
 *
 * @param jar the file
 * @param source where it came from: a file, a repository, or Maven coordinates and where those were
 *     found
 * @param place where it lies, also after what was fetched is gone: a file, or an address of the web
 * @param voucher who says that it is what it should be
 */
record Fetched(Path jar, String source, String place, Voucher voucher) {

  /** A file that nobody but its own signer answers for. */
  static Fetched file(Path jar, String source) {
    return new Fetched(jar, source, jar.toString(), Voucher.NOBODY);
  }
}
