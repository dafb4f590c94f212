package org.gantry.provisioning.internal.trust;

import java.nio.file.Path;

/**
 * The jar of a plugin to install or inspect.
 *
 * @param jar the file
 * @param source where it came from: a file, a repository, or Maven coordinates and their repository
 * @param location the file or web address of the jar, which stays valid after downloads are removed
 * @param voucher who vouches for it, other than its own signer
 */
public record FetchedJar(Path jar, String source, String location, JarVoucher voucher) {

  /**
   * Who vouches for jars of a repository.
   *
   * @param words who it is, such as {@code listed by CN=Acme}; empty for {@link #NONE}
   * @param trusted whether the user trusts it
   * @param certificate what {@code trust add} needs to trust it; may be empty
   */
  public record JarVoucher(String words, boolean trusted, String certificate) {

    /** No voucher. */
    public static final JarVoucher NONE = new JarVoucher("", false, "");

    /** The product vouches for its own plugins. */
    public static final JarVoucher PRODUCT = new JarVoucher("comes with the product", true, "");

    /**
     * The signer of an index vouches for the jars that it lists.
     *
     * @param location the file or web address of the index
     */
    public static JarVoucher ofIndex(JarSignature signature, String location, TrustStore trust) {
      return signature.isPresent()
          ? new JarVoucher("listed by " + signature.signer(), trust.trusts(signature), location)
          : NONE;
    }
  }

  /** A jar that only its own signer vouches for. */
  public static FetchedJar ofFile(Path jar, String source) {
    return new FetchedJar(jar, source, jar.toString(), JarVoucher.NONE);
  }
}
