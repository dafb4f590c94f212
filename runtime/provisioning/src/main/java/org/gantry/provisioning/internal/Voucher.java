package org.gantry.provisioning.internal;

/**
 * Who answers for the jars that a repository lists.
 *
 * @param words who, for people to read; empty if nobody does
 * @param trusted whether that is enough
 * @param certificate what to name to {@code trust add} if the signer is to be trusted
 */
record Voucher(String words, boolean trusted, String certificate) {

  static final Voucher NOBODY = new Voucher("", false, "");

  static final Voucher PRODUCT = new Voucher("comes with the product", true, "");

  /**
   * The signer of an index.
   *
   * @param place where the signed index lies
   */
  static Voucher ofIndex(Signature signature, String place, TrustFolder trust) {
    return signature.isThere()
        ? new Voucher("listed by " + signature.signer(), trust.trusts(signature), place)
        : NOBODY;
  }
}
