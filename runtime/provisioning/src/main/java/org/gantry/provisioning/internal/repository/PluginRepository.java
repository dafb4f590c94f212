package org.gantry.provisioning.internal.repository;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.provisioning.PluginDescription;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.RepositoryListing.PluginOffer;
import org.gantry.provisioning.internal.plan.StateFiles;
import org.gantry.provisioning.internal.repository.PluginIndex.IndexEntry;
import org.gantry.provisioning.internal.trust.FetchedJar;
import org.gantry.provisioning.internal.trust.FetchedJar.JarVoucher;
import org.gantry.provisioning.internal.trust.HostNames;
import org.gantry.provisioning.internal.trust.JarInspection;
import org.gantry.provisioning.internal.trust.JarSignature;
import org.gantry.provisioning.internal.trust.TrustStore;

/**
 * A folder or web address with plugins and an index. The index is the file {@code index.xml}, or an
 * entry of the signed jar {@code index.jar}. The signer of the index vouches for all jars, because
 * the index contains their hashes.
 *
 * @param location the folder or web address
 * @param index the plugins
 * @param voucher who vouches for the plugins
 */
public record PluginRepository(RepositoryLocation location, PluginIndex index, JarVoucher voucher) {

  /** The name of the file with the index. */
  public static final String INDEX = "index.xml";

  private static final String SIGNED_INDEX = "index.jar";

  /** Refuses an index with a jar outside the repository. */
  public PluginRepository {
    index.entries().forEach(location::jarLocation);
  }

  /** The folder or web address, as the user wrote it. */
  String address() {
    return location.address();
  }

  /**
   * Reads the index of a repository.
   *
   * @param staging the folder for downloads
   * @throws ProvisioningException if there is no valid index
   */
  static PluginRepository open(String address, WebClient web, TrustStore trust, Path staging)
      throws IOException {
    return WebClient.isWebAddress(address)
        ? openWeb(RepositoryLocation.ofWeb(address), web, trust, staging)
        : openFolder(address, Path.of(address), trust);
  }

  private static PluginRepository openWeb(
      RepositoryLocation location, WebClient web, TrustStore trust, Path staging)
      throws IOException {
    String name = "index-" + Sha256.of(location.address().getBytes(StandardCharsets.UTF_8));
    Path signed = staging.resolve(name + ".jar");
    if (web.fetchIfPresent(location.resolve(SIGNED_INDEX), signed)) {
      return readSigned(location, signed, location.resolve(SIGNED_INDEX).toString(), trust);
    }
    Path plain = staging.resolve(name + ".xml");
    if (!web.fetchIfPresent(location.resolve(INDEX), plain)) {
      throw ProvisioningException.refused(
          location.address() + " is not a repository: it has no " + INDEX,
          "'gantry repository index DIR' writes one; put it next to the jars.");
    }
    return read(location, plain, JarVoucher.NONE);
  }

  private static PluginRepository openFolder(String address, Path folder, TrustStore trust)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw ProvisioningException.refused(
          "there is no folder " + folder, "A repository is a folder or web address with an index.");
    }
    RepositoryLocation location = RepositoryLocation.ofFolder(address, folder);
    Path signed = folder.resolve(SIGNED_INDEX);
    if (Files.isRegularFile(signed)) {
      return readSigned(location, signed, signed.toString(), trust);
    }
    if (!Files.isRegularFile(folder.resolve(INDEX))) {
      throw ProvisioningException.refused(
          folder + " is not a repository: it has no " + INDEX,
          "'gantry repository index " + folder + "' writes one.");
    }
    return read(location, folder.resolve(INDEX), JarVoucher.NONE);
  }

  private static PluginRepository read(RepositoryLocation location, Path file, JarVoucher voucher) {
    try (InputStream in = Files.newInputStream(file)) {
      return new PluginRepository(location, PluginIndex.read(in), voucher);
    } catch (IOException e) {
      throw new ProvisioningException(
          true,
          "the index of " + location.address() + " cannot be read: " + ErrorText.of(e),
          "'gantry repository index DIR' writes it again.",
          e);
    }
  }

  private static PluginRepository readSigned(
      RepositoryLocation location, Path file, String signedIndex, TrustStore trust)
      throws IOException {
    String name = "the index of " + location.address();
    JarSignature signature = JarSignature.verify(file, name);
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      JarEntry entry = jar.getJarEntry(INDEX);
      if (entry == null) {
        throw ProvisioningException.refused(
            name + " has no " + INDEX,
            "Put " + INDEX + " into " + SIGNED_INDEX + ", and sign it again.");
      }
      try (InputStream in = jar.getInputStream(entry)) {
        return new PluginRepository(
            location, PluginIndex.read(in), JarVoucher.ofIndex(signature, signedIndex, trust));
      }
    }
  }

  /** The repository of the product; it has no plugins if its folder is missing. */
  static PluginRepository ofProduct(Path folder) {
    RepositoryLocation location = RepositoryLocation.ofFolder(folder.toString(), folder);
    return Files.isRegularFile(folder.resolve(INDEX))
        ? read(location, folder.resolve(INDEX), JarVoucher.PRODUCT)
        : new PluginRepository(location, new PluginIndex(List.of()), JarVoucher.PRODUCT);
  }

  /**
   * Writes the index of a folder and its subfolders to the folder.
   *
   * @param hostNames the names that belong to the host
   * @return how many plugins it has
   * @throws ProvisioningException if one of the jars cannot be installed
   */
  public static int writeIndex(Path folder, HostNames hostNames) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw ProvisioningException.refused(folder + " is not a folder", "");
    }
    PluginIndex index = createIndex(folder, hostNames);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Path name = folder.toAbsolutePath().normalize().getFileName();
    index.write(out, name == null ? "plugins" : name.toString());
    StateFiles.write(folder.resolve(INDEX), out.toByteArray());
    return index.entries().size();
  }

  private static PluginIndex createIndex(Path folder, HostNames hostNames) throws IOException {
    List<IndexEntry> entries = new ArrayList<>();
    for (Path jar : jars(folder)) {
      PluginDescription plugin = JarInspection.inspect(jar, hostNames).description();
      URI relative = folder.toUri().relativize(jar.toUri());
      entries.add(
          new IndexEntry(
              plugin.name(),
              plugin.version(),
              plugin.description(),
              relative.toString(),
              plugin.sha256(),
              plugin.size(),
              plugin.components()));
    }
    return new PluginIndex(entries);
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .filter(file -> !file.getFileName().toString().equals(SIGNED_INDEX))
          .sorted()
          .toList();
    }
  }

  List<PluginOffer> offers() {
    return index.entries().stream()
        .map(
            entry ->
                new PluginOffer(
                    entry.name(),
                    entry.version(),
                    entry.description(),
                    address(),
                    entry.sha256(),
                    entry.size(),
                    voucher.words(),
                    voucher.trusted(),
                    entry.components()))
        .toList();
  }

  /**
   * Downloads or copies the jar of an offer, and compares its hash with the index.
   *
   * @param staging the folder for the jar
   * @throws ProvisioningException if the hash differs or the jar is missing
   */
  FetchedJar fetch(PluginOffer offer, WebClient web, Path staging) throws IOException {
    IndexEntry entry =
        index.entries().stream()
            .filter(e -> e.sha256().equals(offer.sha256()))
            .findFirst()
            .orElseThrow();
    Path jar = staging.resolve(entry.name() + "-" + entry.version() + ".jar");
    URI source = location.jarLocation(entry);
    boolean onWeb = WebClient.isWebAddress(address());
    if (onWeb) {
      web.fetch(source, jar);
    } else {
      copy(Path.of(source), jar);
    }
    if (!Sha256.of(jar).equals(entry.sha256())) {
      throw ProvisioningException.refused(
          "%s %s of %s is corrupt: its SHA-256 differs from the index"
              .formatted(entry.name(), entry.version(), address()),
          "Tell the maintainer of the repository.");
    }
    return new FetchedJar(
        jar, address(), onWeb ? source.toString() : Path.of(source).toString(), voucher);
  }

  private void copy(Path source, Path jar) throws IOException {
    if (!Files.isRegularFile(source)) {
      throw ProvisioningException.refused(
          "the repository " + address() + " lacks a jar of its index: there is no " + source,
          "'gantry repository index " + address() + "' writes the index again.");
    }
    try {
      Files.copy(source, jar);
    } catch (IOException e) {
      throw StateFiles.explain(
          e, source.getFileName().toString(), jar.getParent(), Files.size(source));
    }
  }
}
