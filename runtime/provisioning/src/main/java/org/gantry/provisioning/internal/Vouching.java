package org.gantry.provisioning.internal;

import org.gantry.provisioning.ProvisioningException;

/**
 * Whether somebody who is trusted answers for a jar. A signature that does not hold has been
 * refused long before; whether one that holds is trusted is another question.
 *
 * @param words who answers for it, for people to read
 * @param trusted whether that is enough
 */
record Vouching(String words, boolean trusted) {

  static Vouching of(Signature signature, String voucher, TrustFolder trust) {
    if (signature.isThere()) {
      boolean trusted = trust.trusts(signature);
      String by = "signed by " + signature.signer();
      if (trusted || voucher.isEmpty()) {
        return new Vouching(by + (trusted ? ", who is trusted" : ", who is not trusted"), trusted);
      }
    }
    return voucher.isEmpty() ? new Vouching("unsigned", false) : new Vouching(voucher, true);
  }

  /** Refuses what nobody answers for, unless that was agreed to. */
  void require(Fetched fetched, Signature signature, boolean agreed) {
    if (trusted || agreed) {
      return;
    }
    String name = fetched.jar().getFileName().toString();
    if (signature.isThere()) {
      throw ProvisioningException.refused(
          name + " is signed by " + signature.signer() + ", who is not trusted",
          "If you trust this signer: gantry plugins trust add " + fetched.certificate());
    }
    throw ProvisioningException.refused(
        name + " is signed by nobody",
        "A plugin is code that runs with your rights. If you know where it comes from, add"
            + " --allow-unsigned.");
  }
}
