package org.gantry.provisioning;

import java.util.List;

/** The signers that are trusted. */
public interface TrustedSigners {

  /** All of them, by name. */
  List<TrustedSigner> signers();

  /**
   * Trusts whoever a certificate belongs to.
   *
   * @param place a certificate, as PEM or DER; or a signed jar, of whose signer the certificate is
   *     taken: a file, or its address on the web
   * @throws ProvisioningException if there is no certificate in it
   */
  TrustedSigner add(String place);

  /**
   * Trusts a signer no longer. What is installed stays.
   *
   * @param which the name or a part of it, or the beginning of a fingerprint
   * @throws ProvisioningException if there is no such signer, or there are several
   */
  TrustedSigner remove(String which);

  /**
   * A signer.
   *
   * @param name the subject of the certificate
   * @param fingerprint the certificate's SHA-256, in hexadecimal
   */
  record TrustedSigner(String name, String fingerprint) {}
}
