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
import java.util.List;
import java.util.Locale;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.TrustedSigners;
import org.gantry.provisioning.internal.plan.StateFiles;
import org.gantry.provisioning.internal.plan.StateFolder;
import org.gantry.provisioning.internal.plan.TemporaryFolder;
import org.gantry.provisioning.internal.repository.WebClient;

/**
 * The trusted signers, a certificate a file, named after its hash.
 *
 * @param folder may be missing, which trusts nobody
 */
public record TrustStore(Path folder) implements TrustedSigners {

  private static final int READABLE = 12;

  /** Whether a signer, or somebody who vouches for it, is trusted. */
  boolean trusts(JarSignature signature) {
    return signature.chain().stream()
        .anyMatch(certificate -> Files.isRegularFile(file(fingerprint(certificate))));
  }

  @Override
  public List<TrustedSigner> signers() {
    List<TrustedSigner> signers = new ArrayList<>();
    try {
      for (Path file : StateFolder.list(folder)) {
        if (file.toString().endsWith(".pem")) {
          signers.add(signer(certificate(file)));
        }
      }
    } catch (IOException e) {
      throw ProvisioningException.failed(folder + " cannot be read: " + ErrorText.of(e), e);
    }
    signers.sort(
        java.util.Comparator.comparing(TrustedSigner::name)
            .thenComparing(TrustedSigner::fingerprint));
    return signers;
  }

  @Override
  public TrustedSigner add(String place) {
    X509Certificate certificate;
    try {
      certificate =
          WebClient.isWebAddress(place) ? onWeb(place) : certificateIn(Path.of(place), place);
    } catch (InvalidPathException e) {
      throw ProvisioningException.refused("there is no file " + place, "");
    }
    try {
      Files.createDirectories(folder);
      StateFiles.write(file(fingerprint(certificate)), pem(certificate));
    } catch (IOException e) {
      throw ProvisioningException.failed(folder + " cannot be written: " + ErrorText.of(e), e);
    }
    return signer(certificate);
  }

  private static X509Certificate onWeb(String address) {
    try {
      return TemporaryFolder.use(
          folder -> {
            Path file = folder.resolve("fetched");
            WebClient.create(false).fetch(URI.create(address), file);
            return certificateIn(file, address);
          });
    } catch (IOException e) {
      throw ProvisioningException.failed(ErrorText.of(e), e);
    } catch (IllegalArgumentException e) {
      throw ProvisioningException.refused(
          address + " is no address", "Write it as a browser would.");
    }
  }

  /** Reads a file that people know by another name. */
  private static X509Certificate certificateIn(Path file, String name) {
    if (name.endsWith(".jar")) {
      JarSignature signature = JarSignature.verify(file, name);
      if (!signature.isPresent()) {
        throw ProvisioningException.refused(name + " is signed by nobody", "");
      }
      return signature.chain().get(0);
    }
    try {
      return certificate(file);
    } catch (IOException e) {
      throw ProvisioningException.refused(
          Files.isRegularFile(file) ? name + " holds no certificate" : "there is no file " + name,
          "A certificate as PEM or DER is expected, or a signed jar.");
    }
  }

  private static X509Certificate certificate(Path file) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
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
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }

  @Override
  public TrustedSigner remove(String which) {
    List<TrustedSigner> meant = meant(which);
    if (meant.size() != 1) {
      throw ProvisioningException.refused(
          meant.isEmpty()
              ? "no trusted signer is called '" + which + "'"
              : "several trusted signers are called '" + which + "'",
          signers().isEmpty()
              ? "There are no trusted signers."
              : "The fingerprints are "
                  + String.join(
                      ", ",
                      signers().stream()
                          .map(s -> s.fingerprint().substring(0, READABLE) + " of " + s.name())
                          .toList())
                  + ".");
    }
    try {
      Files.delete(file(meant.get(0).fingerprint()));
    } catch (IOException e) {
      throw ProvisioningException.failed(folder + " cannot be written: " + ErrorText.of(e), e);
    }
    return meant.get(0);
  }

  /** Those of this name or fingerprint, or else those whose name has it as a part. */
  private List<TrustedSigner> meant(String which) {
    List<TrustedSigner> exactly =
        signers().stream()
            .filter(s -> s.name().equals(which) || s.fingerprint().startsWith(which))
            .toList();
    return exactly.isEmpty()
        ? signers().stream().filter(s -> isPart(which, s.name())).toList()
        : exactly;
  }

  private static boolean isPart(String words, String name) {
    return name.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
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
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }
}
