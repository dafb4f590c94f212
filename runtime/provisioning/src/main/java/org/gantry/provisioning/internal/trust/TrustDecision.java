package org.gantry.provisioning.internal.trust;

import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.trust.FetchedJar.JarVoucher;

/**
 * Whether the user trusts a jar. Invalid signatures are refused earlier; this decides about valid
 * ones.
 *
 * @param voucher who vouches for the jar, such as {@code signed by CN=Acme}; may be empty
 * @param trusted whether the user trusts the voucher
 * @param certificate what {@code trust add} needs to trust the voucher; may be empty
 */
public record TrustDecision(String voucher, boolean trusted, String certificate) {

  /** Decides by the signature of a jar, and else by the voucher of its repository. */
  public static TrustDecision of(JarSignature signature, FetchedJar fetched, TrustStore trust) {
    JarVoucher voucher = fetched.voucher();
    if (signature.isPresent() && (trust.trusts(signature) || !voucher.trusted())) {
      return new TrustDecision(
          "signed by " + signature.signer(), trust.trusts(signature), fetched.location());
    }
    return new TrustDecision(voucher.words(), voucher.trusted(), voucher.certificate());
  }

  /** Who vouches for the jar and whether the user trusts it, in words. */
  public String describe() {
    if (voucher.isEmpty()) {
      return "unsigned";
    } else if (voucher.equals(JarVoucher.PRODUCT.words())) {
      return voucher;
    }
    return voucher + (trusted ? ", who is trusted" : ", who is not trusted");
  }

  /** The voucher for the lock file; empty if it is not trusted. */
  public String recordedVoucher() {
    return trusted ? voucher : "";
  }

  /**
   * Refuses a jar that is not trusted.
   *
   * @param allowed whether the user allows it nevertheless
   */
  public void requireTrusted(FetchedJar fetched, boolean allowed) {
    if (trusted || allowed) {
      return;
    }
    String name = fetched.jar().getFileName().toString();
    if (voucher.isEmpty()) {
      throw ProvisioningException.refused(
          name + " is not signed",
          "A plugin is code that runs with your rights. If you trust its origin, add"
              + " --allow-unsigned.");
    }
    throw ProvisioningException.refused(
        name + " is " + describe(),
        "If you trust this signer: gantry plugins trust add " + shellQuoted(certificate));
  }

  private static String shellQuoted(String word) {
    return word.matches("[A-Za-z0-9_./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
