package org.gantry.provisioning;

import java.util.List;

/** The signers that the user trusts. */
public interface TrustedSigners {

  /** All trusted signers, by name. */
  List<TrustedSigner> signers();

  /**
   * Trusts the owner of a certificate.
   *
   * @param location a file or web address with a certificate, as PEM or DER, or with a signed jar,
   *     whose signer is then trusted
   * @throws ProvisioningException if there is no certificate
   */
  TrustedSigner add(String location);

  /**
   * Stops trusting a signer. Installed plugins stay.
   *
   * @param name the name or a part of it, or the beginning of the fingerprint
   * @throws ProvisioningException if no signer or several signers match
   */
  TrustedSigner remove(String name);

  /**
   * A signer.
   *
   * @param name the subject of the certificate
   * @param fingerprint the SHA-256 of the certificate, in hexadecimal
   */
  record TrustedSigner(String name, String fingerprint) {}
}
