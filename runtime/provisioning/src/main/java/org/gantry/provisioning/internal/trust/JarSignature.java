package org.gantry.provisioning.internal.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.TerminalText;
import org.gantry.provisioning.ProvisioningException;

/**
 * The valid signature of a jar, or its absence.
 *
 * @param chain the signer's certificate and the certificates of its issuers, in order; empty for an
 *     unsigned jar
 */
public record JarSignature(List<X509Certificate> chain) {

  private static final int LONGEST_NAME = 500;

  static final JarSignature NONE = new JarSignature(List.of());

  public JarSignature {
    chain = List.copyOf(chain);
  }

  boolean isPresent() {
    return !chain.isEmpty();
  }

  /** The subject of the signer's certificate; empty for an unsigned jar. */
  public String signer() {
    return isPresent()
        ? TerminalText.bounded(chain.get(0).getSubjectX500Principal().getName(), LONGEST_NAME)
        : "";
  }

  /**
   * Compares every entry of a jar with its digest, and every digest with its signature.
   *
   * @param name the name of the jar in messages
   * @throws ProvisioningException if the signature is invalid or does not cover the whole jar
   */
  public static JarSignature verify(Path jar, String name) {
    try (JarFile file = new JarFile(jar.toFile(), true)) {
      List<X509Certificate> chain = null;
      boolean hasSignatureFile = false;
      String unsigned = null;
      for (JarEntry entry : entries(file)) {
        if (entry.getName().startsWith("META-INF/")) {
          hasSignatureFile |=
              entry.getName().toUpperCase(Locale.ROOT).matches("META-INF/[^/]+\\.SF");
        }
        if (entry.isDirectory() || isSignatureFile(entry.getName())) {
          continue;
        }
        try (InputStream in = file.getInputStream(entry)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
        CodeSigner[] signers = entry.getCodeSigners();
        if (signers == null || signers.length == 0) {
          unsigned = entry.getName();
        } else if (chain == null) {
          chain = certificates(signers[0]);
        } else if (!chain.equals(certificates(signers[0]))) {
          throw broken(name, "its entries have different signers");
        }
      }
      if (chain == null) {
        if (hasSignatureFile) {
          throw broken(name, "it does not match the content");
        }
        return NONE;
      } else if (unsigned != null) {
        throw broken(name, "it does not cover " + unsigned + ", which was added later");
      }
      return new JarSignature(chain);
    } catch (SecurityException e) {
      throw broken(name, e.getMessage());
    } catch (IOException e) {
      throw ProvisioningException.refused(
          name + " cannot be read: " + ErrorText.of(e), "Download the jar again.");
    }
  }

  private static List<JarEntry> entries(JarFile file) {
    List<JarEntry> entries = new ArrayList<>();
    file.stream().forEach(entries::add);
    return entries;
  }

  /** Whether an entry is part of the signature, which does not cover itself. */
  private static boolean isSignatureFile(String entry) {
    return entry
        .toUpperCase(Locale.ROOT)
        .matches("META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]+)");
  }

  private static List<X509Certificate> certificates(CodeSigner signer) {
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate certificate : signer.getSignerCertPath().getCertificates()) {
      if (certificate instanceof X509Certificate x509) {
        chain.add(x509);
      }
    }
    return chain;
  }

  private static ProvisioningException broken(String name, String why) {
    return ProvisioningException.refused(
        "the signature of " + name + " is not valid: " + why,
        "The jar was changed after it was signed; download it again from its publisher.");
  }
}
