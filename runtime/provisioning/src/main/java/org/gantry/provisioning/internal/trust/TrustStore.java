package org.gantry.provisioning.internal.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.host.support.TextFiles;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.TrustedSigners;
import org.gantry.provisioning.internal.plan.StateFiles;

/**
 * The trusted signers: a folder with one certificate per file, which is named after its hash.
 *
 * @param folder may be missing; no signer is trusted then
 * @param download downloads certificates
 */
public record TrustStore(Path folder, CertificateDownload download) implements TrustedSigners {

  private static final int SHORT_FINGERPRINT = 12;

  /** Downloads certificates and signed jars. */
  @FunctionalInterface
  public interface CertificateDownload {

    /** Downloads a web address to a file. */
    void download(URI address, Path file) throws IOException;
  }

  /** Whether the user trusts the signer of a jar or an issuer of its certificate. */
  boolean trusts(JarSignature signature) {
    return signature.chain().stream()
        .anyMatch(certificate -> Files.isRegularFile(file(fingerprint(certificate))));
  }

  @Override
  public List<TrustedSigner> signers() {
    List<TrustedSigner> signers = new ArrayList<>();
    try {
      for (Path file : StateFiles.list(folder)) {
        if (file.toString().endsWith(".pem")) {
          signers.add(signer(certificate(file)));
        }
      }
    } catch (IOException e) {
      throw ProvisioningException.failed(folder + " cannot be read: " + ErrorText.of(e), e);
    }
    signers.sort(
        Comparator.comparing(TrustedSigner::name).thenComparing(TrustedSigner::fingerprint));
    return signers;
  }

  @Override
  public TrustedSigner add(String location) {
    X509Certificate certificate;
    try {
      certificate =
          location.matches("https?://.*")
              ? downloaded(location)
              : certificateIn(Path.of(location), location);
    } catch (InvalidPathException e) {
      throw ProvisioningException.refused("there is no file " + location, "");
    }
    try {
      Files.createDirectories(folder);
      StateFiles.write(file(fingerprint(certificate)), pem(certificate));
    } catch (IOException e) {
      throw ProvisioningException.failed(folder + " cannot be written: " + ErrorText.of(e), e);
    }
    return signer(certificate);
  }

  private X509Certificate downloaded(String address) {
    try {
      return StateFiles.withTemporaryFolder(
          temporary -> {
            Path file = temporary.resolve("certificate");
            download.download(URI.create(address), file);
            return certificateIn(file, address);
          });
    } catch (IOException e) {
      throw ProvisioningException.failed(ErrorText.of(e), e);
    } catch (IllegalArgumentException e) {
      throw ProvisioningException.refused(
          address + " is not a web address", "Use the form https://HOST/PATH.");
    }
  }

  /**
   * Reads the certificate, or that of the signer of a jar.
   *
   * @param name the file in messages
   */
  private static X509Certificate certificateIn(Path file, String name) {
    if (name.endsWith(".jar")) {
      JarSignature signature = JarSignature.verify(file, name);
      if (!signature.isPresent()) {
        throw ProvisioningException.refused(name + " is not signed", "");
      }
      return signature.chain().get(0);
    }
    try {
      return certificate(file);
    } catch (IOException e) {
      throw ProvisioningException.refused(
          Files.isRegularFile(file)
              ? name + " contains no certificate"
              : "there is no file " + name,
          "Name a certificate (PEM or DER) or a signed jar.");
    }
  }

  private static X509Certificate certificate(Path file) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(TextFiles.bytes(file)));
    } catch (CertificateException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static byte[] pem(X509Certificate certificate) {
    try {
      return ("-----BEGIN CERTIFICATE-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'})
                  .encodeToString(certificate.getEncoded())
              + "\n-----END CERTIFICATE-----\n")
          .getBytes(StandardCharsets.US_ASCII);
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("the certificate cannot be encoded", e);
    }
  }

  @Override
  public TrustedSigner remove(String name) {
    List<TrustedSigner> matches = matching(name);
    if (matches.size() != 1) {
      throw ProvisioningException.refused(
          matches.isEmpty()
              ? "no trusted signer matches '" + name + "'"
              : "several trusted signers match '" + name + "'",
          signers().isEmpty()
              ? "There are no trusted signers."
              : "The trusted signers are "
                  + String.join(
                      ", ",
                      signers().stream()
                          .map(
                              s ->
                                  s.fingerprint().substring(0, SHORT_FINGERPRINT)
                                      + " of "
                                      + s.name())
                          .toList())
                  + ".");
    }
    try {
      Files.delete(file(matches.get(0).fingerprint()));
    } catch (IOException e) {
      throw ProvisioningException.failed(folder + " cannot be written: " + ErrorText.of(e), e);
    }
    return matches.get(0);
  }

  /** The signers with this name or fingerprint; if there are none, those whose name contains it. */
  private List<TrustedSigner> matching(String name) {
    List<TrustedSigner> exact =
        signers().stream()
            .filter(s -> s.name().equals(name) || s.fingerprint().startsWith(name))
            .toList();
    return exact.isEmpty()
        ? signers().stream().filter(s -> contains(s.name(), name)).toList()
        : exact;
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private Path file(String fingerprint) {
    return folder.resolve(fingerprint + ".pem");
  }

  private static TrustedSigner signer(X509Certificate certificate) {
    return new TrustedSigner(
        certificate.getSubjectX500Principal().getName(), fingerprint(certificate));
  }

  static String fingerprint(X509Certificate certificate) {
    try {
      return Sha256.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("the certificate cannot be encoded", e);
    }
  }
}
