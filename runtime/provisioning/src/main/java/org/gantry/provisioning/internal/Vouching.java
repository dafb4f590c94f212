package org.gantry.provisioning.internal;

import org.gantry.provisioning.ProvisioningException;

/**
 * Whether somebody who is trusted answers for a jar. A signature that does not hold has been
 * refused long before; whether one that holds is trusted is another question.
 *
 * @param by who answers for it, such as {@code signed by CN=Acme}; empty if nobody does
 * @param trusted whether that is enough
 * @param certificate what to name to {@code trust add} to make it enough; empty where nothing does
 */
record Vouching(String by, boolean trusted, String certificate) {

  static Vouching of(Signature signature, Fetched fetched, TrustFolder trust) {
    Voucher voucher = fetched.voucher();
    if (signature.isThere() && (trust.trusts(signature) || !voucher.trusted())) {
      return new Vouching(
          "signed by " + signature.signer(), trust.trusts(signature), fetched.place());
    }
    return new Vouching(voucher.words(), voucher.trusted(), voucher.certificate());
  }

  /** Who answers for it and whether that means anything, for people to read. */
  String words() {
    if (by.isEmpty()) {
      return "unsigned";
    } else if (by.equals(Voucher.PRODUCT.words())) {
      return by;
    }
    return by + (trusted ? ", who is trusted" : ", who is not trusted");
  }

  /** What the lock file is to remember: who was trusted to answer for it. */
  String kept() {
    return trusted ? by : "";
  }

  /** Refuses what nobody answers for, unless that was agreed to. */
  void require(Fetched fetched, boolean agreed) {
    if (trusted || agreed) {
      return;
    }
    String name = fetched.jar().getFileName().toString();
    if (by.isEmpty()) {
      throw ProvisioningException.refused(
          name + " is signed by nobody",
          "A plugin is code that runs with your rights. If you know where it comes from, add"
              + " --allow-unsigned.");
    }
    throw ProvisioningException.refused(
        name + " is " + words(),
        "If you trust this signer: gantry plugins trust add " + quoted(certificate));
  }

  /** A word as a shell takes it for one. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
