package org.gantry.provisioning.internal.trust;

import org.gantry.provisioning.ProvisioningException;

/**
 * Whether somebody who is trusted answers for a jar. A signature that does not hold has been
 * refused long before; whether one that holds is trusted is another question.
 *
 * @param voucher who answers for it, such as {@code signed by CN=Acme}; empty if nobody does
 * @param trusted whether that is enough
 * @param certificate what to name to {@code trust add} to make it enough; empty where nothing does
 */
public record TrustDecision(String voucher, boolean trusted, String certificate) {

  public static TrustDecision of(JarSignature signature, FetchedJar fetched, TrustStore trust) {
    JarVoucher voucher = fetched.voucher();
    if (signature.isPresent() && (trust.trusts(signature) || !voucher.trusted())) {
      return new TrustDecision(
          "signed by " + signature.signer(), trust.trusts(signature), fetched.location());
    }
    return new TrustDecision(voucher.words(), voucher.trusted(), voucher.certificate());
  }

  /** Who answers for it and whether that means anything, for people to read. */
  public String describe() {
    if (voucher.isEmpty()) {
      return "unsigned";
    } else if (voucher.equals(JarVoucher.PRODUCT.words())) {
      return voucher;
    }
    return voucher + (trusted ? ", who is trusted" : ", who is not trusted");
  }

  /** What the lock file is to remember: who was trusted to answer for it. */
  public String recordedVoucher() {
    return trusted ? voucher : "";
  }

  /** Refuses what nobody answers for, unless that was agreed to. */
  public void requireTrusted(FetchedJar fetched, boolean agreed) {
    if (trusted || agreed) {
      return;
    }
    String name = fetched.jar().getFileName().toString();
    if (voucher.isEmpty()) {
      throw ProvisioningException.refused(
          name + " is signed by nobody",
          "A plugin is code that runs with your rights. If you know where it comes from, add"
              + " --allow-unsigned.");
    }
    throw ProvisioningException.refused(
        name + " is " + describe(),
        "If you trust this signer: gantry plugins trust add " + shellQuoted(certificate));
  }

  /** A word as a shell takes it for one. */
  private static String shellQuoted(String word) {
    return word.matches("[A-Za-z0-9_./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
