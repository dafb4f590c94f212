package org.gantry.provisioning;

import java.nio.file.Path;
import java.util.List;

/** The signers that are trusted. */
public interface Trust {

  /** All of them, by name. */
  List<Signer> signers();

  /**
   * Trusts whoever a certificate belongs to.
   *
   * @param file a certificate, as PEM or DER; or a signed jar, of whose signer the certificate is
   *     taken
   * @throws ProvisioningException if the file holds no certificate
   */
  Signer add(Path file);

  /**
   * Trusts a signer no longer. What is installed stays.
   *
   * @param which the name or a part of it, or the beginning of a fingerprint
   * @throws ProvisioningException if there is no such signer, or there are several
   */
  Signer remove(String which);

  /**
   * A signer.
   *
   * @param name the subject of the certificate
   * @param fingerprint the certificate's SHA-256, in hexadecimal
   */
  record Signer(String name, String fingerprint) {}
}
