package org.gantry.provisioning.internal.trust;

/**
 * Who answers for the jars that a repository lists.
 *
 * @param words who, for people to read; empty if nobody does
 * @param trusted whether that is enough
 * @param certificate what to name to {@code trust add} if the signer is to be trusted
 */
public record JarVoucher(String words, boolean trusted, String certificate) {

  public static final JarVoucher NONE = new JarVoucher("", false, "");

  public static final JarVoucher PRODUCT = new JarVoucher("comes with the product", true, "");

  /**
   * The signer of an index.
   *
   * @param place where the signed index lies
   */
  public static JarVoucher ofIndexSigner(JarSignature signature, String place, TrustStore trust) {
    return signature.isPresent()
        ? new JarVoucher("listed by " + signature.signer(), trust.trusts(signature), place)
        : NONE;
  }
}
