package org.gantry.provisioning.internal.trust;

import java.nio.file.Path;

/**
 * A jar that somebody asked for.
 *
 * @param jar the file
 * @param source where it came from: a file, a repository, or Maven coordinates and where those were
 *     found
 * @param location where it lies, also after what was fetched is gone: a file, or an address of the
 *     web
 * @param voucher who says that it is what it should be
 */
public record FetchedJar(Path jar, String source, String location, JarVoucher voucher) {

  /** A file that nobody but its own signer answers for. */
  public static FetchedJar ofFile(Path jar, String source) {
    return new FetchedJar(jar, source, jar.toString(), JarVoucher.NONE);
  }
}
