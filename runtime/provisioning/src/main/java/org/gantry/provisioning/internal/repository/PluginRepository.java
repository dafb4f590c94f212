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
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.provisioning.PluginDescription;
import org.gantry.provisioning.PluginOffer;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.plan.DiskSpace;
import org.gantry.provisioning.internal.plan.StateFiles;
import org.gantry.provisioning.internal.trust.FetchedJar;
import org.gantry.provisioning.internal.trust.JarInspection;
import org.gantry.provisioning.internal.trust.JarSignature;
import org.gantry.provisioning.internal.trust.JarVoucher;
import org.gantry.provisioning.internal.trust.TrustStore;

/**
 * A place with plugins and an index of them: a folder, or an address of the web. The index is the
 * file {@code index.xml}; or it lies in a signed jar, {@code index.jar}, whose signer then answers
 * for every plugin in it, because the index has their hashes.
 *
 * @param location where all that it has lies
 * @param createIndex what it has
 * @param voucher who answers for that
 */
public record PluginRepository(
    RepositoryLocation location, PluginIndex createIndex, JarVoucher voucher) {

  public static final String INDEX = "index.xml";
  static final String SIGNED_INDEX = "index.jar";

  public PluginRepository {
    // Before anybody sees what else it has to say.
    createIndex.entries().forEach(location::jarLocation);
  }

  /** A folder, or an address of the web. */
  String address() {
    return location.address();
  }

  // ---- Opening
  // ----------------------------------------------------------------------------------

  /** Opens a repository; one on the web is read anew. */
  static PluginRepository open(String address, WebClient web, TrustStore trust, Path staging)
      throws IOException {
    return WebClient.isWebAddress(address)
        ? onWeb(RepositoryLocation.ofWeb(address), web, trust, staging)
        : inFolder(address, Path.of(address), trust);
  }

  private static PluginRepository onWeb(
      RepositoryLocation grounds, WebClient web, TrustStore trust, Path staging)
      throws IOException {
    String name = "index-" + Sha256.of(grounds.address().getBytes(StandardCharsets.UTF_8));
    Path signed = staging.resolve(name + ".jar");
    if (web.fetchIfPresent(grounds.resolve(SIGNED_INDEX), signed)) {
      return signed(grounds, signed, grounds.resolve(SIGNED_INDEX).toString(), trust);
    }
    Path plain = staging.resolve(name + ".xml");
    if (!web.fetchIfPresent(grounds.resolve(INDEX), plain)) {
      throw ProvisioningException.refused(
          grounds.address() + " is no repository: it has no " + INDEX,
          "'gantry repository index DIR' writes one, which belongs beside the jars.");
    }
    return plain(grounds, plain, JarVoucher.NONE);
  }

  private static PluginRepository inFolder(String address, Path folder, TrustStore trust)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw ProvisioningException.refused(
          "there is no folder " + folder,
          "A repository is a folder or an address of the web with an index.");
    }
    RepositoryLocation grounds = RepositoryLocation.ofFolder(address, folder);
    Path signed = folder.resolve(SIGNED_INDEX);
    if (Files.isRegularFile(signed)) {
      return signed(grounds, signed, signed.toString(), trust);
    }
    if (!Files.isRegularFile(folder.resolve(INDEX))) {
      throw ProvisioningException.refused(
          folder + " is no repository: it has no " + INDEX,
          "'gantry repository index " + folder + "' writes one.");
    }
    return plain(grounds, folder.resolve(INDEX), JarVoucher.NONE);
  }

  private static PluginRepository plain(RepositoryLocation grounds, Path file, JarVoucher voucher) {
    try (InputStream in = Files.newInputStream(file)) {
      return new PluginRepository(grounds, PluginIndex.read(in), voucher);
    } catch (IOException e) {
      throw new ProvisioningException(
          true,
          "the index of " + grounds.address() + " cannot be read: " + ErrorText.of(e),
          "'gantry repository index DIR' writes it anew.",
          e);
    }
  }

  private static PluginRepository signed(
      RepositoryLocation grounds, Path file, String place, TrustStore trust) throws IOException {
    JarSignature signature = JarSignature.verify(file, "the index of " + grounds.address());
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      JarEntry entry = jar.getJarEntry(INDEX);
      if (entry == null) {
        throw ProvisioningException.refused(
            "the index of " + grounds.address() + " has no " + INDEX,
            "Put " + INDEX + " into " + SIGNED_INDEX + ", and sign it again.");
      }
      try (InputStream in = jar.getInputStream(entry)) {
        return new PluginRepository(
            grounds, PluginIndex.read(in), JarVoucher.ofIndexSigner(signature, place, trust));
      }
    }
  }

  /** The folder of the product; one that is missing has nothing. */
  static PluginRepository ofProduct(Path folder) {
    RepositoryLocation grounds = RepositoryLocation.ofFolder(folder.toString(), folder);
    return Files.isRegularFile(folder.resolve(INDEX))
        ? plain(grounds, folder.resolve(INDEX), JarVoucher.PRODUCT)
        : new PluginRepository(grounds, new PluginIndex(List.of()), JarVoucher.PRODUCT);
  }

  // ---- Writing an index
  // -------------------------------------------------------------------------

  /** Reads all plugins of a folder and those below it. */
  static PluginIndex createIndex(Path folder, Predicate<String> hostPackages) throws IOException {
    List<PluginIndex.IndexEntry> entries = new ArrayList<>();
    for (Path jar : jars(folder)) {
      PluginDescription facts = JarInspection.inspect(jar, hostPackages).description();
      URI relative = folder.toUri().relativize(jar.toUri());
      entries.add(
          new PluginIndex.IndexEntry(
              facts.name(),
              facts.version(),
              facts.description(),
              relative.toString(),
              facts.sha256(),
              facts.size(),
              facts.components()));
    }
    return new PluginIndex(entries);
  }

  /** Writes the index of a folder into it; says how many plugins it has. */
  public static int writeIndex(Path folder, Predicate<String> hostPackages) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw ProvisioningException.refused(folder + " is no folder", "");
    }
    PluginIndex index = createIndex(folder, hostPackages);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Path name = folder.toAbsolutePath().normalize().getFileName();
    index.write(out, name == null ? "plugins" : name.toString());
    StateFiles.write(folder.resolve(INDEX), out.toByteArray());
    return index.entries().size();
  }

  private static List<Path> jars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .filter(file -> !file.getFileName().toString().equals(SIGNED_INDEX))
          .sorted()
          .toList();
    }
  }

  // ---- What it has
  // ------------------------------------------------------------------------------

  List<PluginOffer> offers() {
    return createIndex.entries().stream()
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

  /** Gets the jar of an offer into a folder, and makes sure that it is the one. */
  FetchedJar fetch(PluginOffer offer, WebClient web, Path staging) throws IOException {
    PluginIndex.IndexEntry entry =
        createIndex.entries().stream()
            .filter(e -> e.sha256().equals(offer.sha256()))
            .findFirst()
            .orElseThrow();
    Path jar = staging.resolve(entry.name() + "-" + entry.version() + ".jar");
    URI place = location.jarLocation(entry);
    if (WebClient.isWebAddress(address())) {
      web.fetch(place, jar);
    } else {
      copy(Path.of(place), jar);
    }
    if (!Sha256.of(jar).equals(entry.sha256())) {
      throw ProvisioningException.refused(
          entry.name()
              + " "
              + entry.version()
              + " of "
              + address()
              + " is not what the index says: its SHA-256 differs",
          "Tell whoever keeps the repository.");
    }
    return new FetchedJar(
        jar,
        address(),
        WebClient.isWebAddress(address()) ? place.toString() : Path.of(place).toString(),
        voucher);
  }

  private void copy(Path source, Path jar) throws IOException {
    if (!Files.isRegularFile(source)) {
      throw ProvisioningException.refused(
          "the repository " + address() + " lacks a jar that its index has: there is no " + source,
          "'gantry repository index " + address() + "' writes the index anew.");
    }
    try {
      Files.copy(source, jar);
    } catch (IOException e) {
      throw DiskSpace.explain(
          e, source.getFileName().toString(), jar.getParent(), Files.size(source));
    }
  }
}
