package org.gantry.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/**
 * Signs jars with a generated key.
 *
 * @param store the key store
 */
record TestSigner(Path store) {

  private static final String PASSWORD = "password";

  static TestSigner as(String name, Path folder) {
    Path store = folder.resolve(name + ".p12");
    try {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "key",
                  "-dname",
                  "CN=" + name,
                  "-keyalg",
                  "EC",
                  "-validity",
                  "3650",
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  PASSWORD,
                  "-keystore",
                  store.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool failed");
      }
      return new TestSigner(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the certificate. */
  Path certificate(Path file) {
    try {
      return Files.write(file, keys().getCertificate("key").getEncoded());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs a jar in place. */
  Path sign(Path jar) {
    Path signed = jar.resolveSibling(jar.getFileName() + ".signed");
    try {
      KeyStore keys = keys();
      PrivateKey key = (PrivateKey) keys.getKey("key", PASSWORD.toCharArray());
      List<Certificate> chain = List.of(keys.getCertificateChain("key"));
      JarSigner signer =
          new JarSigner.Builder(
                  key, CertificateFactory.getInstance("X.509").generateCertPath(chain))
              .build();
      try (ZipFile in = new ZipFile(jar.toFile());
          OutputStream out = Files.newOutputStream(signed)) {
        signer.sign(in, out);
      }
      return Files.move(signed, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }
}
