package org.gantry.provisioning.internal;

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
import org.gantry.provisioning.Facts;
import org.gantry.provisioning.Offer;
import org.gantry.provisioning.ProvisioningException;

/**
 * A place with plugins and an index of them: a folder, or an address of the web. The index is the
 * file {@code index.xml}; or it lies in a signed jar, {@code index.jar}, whose signer then answers
 * for every plugin in it, because the index has their hashes.
 *
 * @param grounds where all that it has lies
 * @param index what it has
 * @param voucher who answers for that
 */
record Repository(Grounds grounds, Index index, Voucher voucher) {

  static final String PLAIN = "index.xml";
  static final String SIGNED = "index.jar";

  Repository {
    // Before anybody sees what else it has to say.
    index.entries().forEach(grounds::of);
  }

  /** A folder, or an address of the web. */
  String address() {
    return grounds.address();
  }

  // ---- Opening
  // ----------------------------------------------------------------------------------

  /** Opens a repository; one on the web is read anew. */
  static Repository open(String address, Web web, TrustFolder trust, Path staging)
      throws IOException {
    return Web.isOne(address)
        ? onWeb(Grounds.ofWeb(address), web, trust, staging)
        : inFolder(address, Path.of(address), trust);
  }

  private static Repository onWeb(Grounds grounds, Web web, TrustFolder trust, Path staging)
      throws IOException {
    String name = "index-" + Hash.of(grounds.address().getBytes(StandardCharsets.UTF_8));
    Path signed = staging.resolve(name + ".jar");
    if (web.fetchIfThere(grounds.at(SIGNED), signed)) {
      return signed(grounds, signed, grounds.at(SIGNED).toString(), trust);
    }
    Path plain = staging.resolve(name + ".xml");
    if (!web.fetchIfThere(grounds.at(PLAIN), plain)) {
      throw ProvisioningException.refused(
          grounds.address() + " is no repository: it has no " + PLAIN,
          "'gantry repository index DIR' writes one, which belongs beside the jars.");
    }
    return plain(grounds, plain, Voucher.NOBODY);
  }

  private static Repository inFolder(String address, Path folder, TrustFolder trust)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw ProvisioningException.refused(
          "there is no folder " + folder,
          "A repository is a folder or an address of the web with an index.");
    }
    Grounds grounds = Grounds.ofFolder(address, folder);
    Path signed = folder.resolve(SIGNED);
    if (Files.isRegularFile(signed)) {
      return signed(grounds, signed, signed.toString(), trust);
    }
    if (!Files.isRegularFile(folder.resolve(PLAIN))) {
      throw ProvisioningException.refused(
          folder + " is no repository: it has no " + PLAIN,
          "'gantry repository index " + folder + "' writes one.");
    }
    return plain(grounds, folder.resolve(PLAIN), Voucher.NOBODY);
  }

  private static Repository plain(Grounds grounds, Path file, Voucher voucher) {
    try (InputStream in = Files.newInputStream(file)) {
      return new Repository(grounds, Index.read(in), voucher);
    } catch (IOException e) {
      throw new ProvisioningException(
          true,
          "the index of " + grounds.address() + " cannot be read: " + Told.of(e),
          "'gantry repository index DIR' writes it anew.",
          e);
    }
  }

  private static Repository signed(Grounds grounds, Path file, String place, TrustFolder trust)
      throws IOException {
    Signature signature = Signature.of(file, "the index of " + grounds.address());
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      JarEntry entry = jar.getJarEntry(PLAIN);
      if (entry == null) {
        throw ProvisioningException.refused(
            "the index of " + grounds.address() + " has no " + PLAIN,
            "Put " + PLAIN + " into " + SIGNED + ", and sign it again.");
      }
      try (InputStream in = jar.getInputStream(entry)) {
        return new Repository(grounds, Index.read(in), Voucher.ofIndex(signature, place, trust));
      }
    }
  }

  /** The folder of the product; one that is missing has nothing. */
  static Repository ofProduct(Path folder) {
    Grounds grounds = Grounds.ofFolder(folder.toString(), folder);
    return Files.isRegularFile(folder.resolve(PLAIN))
        ? plain(grounds, folder.resolve(PLAIN), Voucher.PRODUCT)
        : new Repository(grounds, new Index(List.of()), Voucher.PRODUCT);
  }

  // ---- Writing an index
  // -------------------------------------------------------------------------

  /** Reads all plugins of a folder and those below it. */
  static Index index(Path folder, Predicate<String> hostPackages) throws IOException {
    List<Index.Entry> entries = new ArrayList<>();
    for (Path jar : jars(folder)) {
      Facts facts = Inspection.of(jar, hostPackages).facts();
      URI relative = folder.toUri().relativize(jar.toUri());
      entries.add(
          new Index.Entry(
              facts.name(),
              facts.version(),
              facts.description(),
              relative.toString(),
              facts.sha256(),
              facts.size(),
              facts.components()));
    }
    return new Index(entries);
  }

  /** Writes the index of a folder into it; says how many plugins it has. */
  static int write(Path folder, Predicate<String> hostPackages) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw ProvisioningException.refused(folder + " is no folder", "");
    }
    Index index = index(folder, hostPackages);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Path name = folder.toAbsolutePath().normalize().getFileName();
    index.write(out, name == null ? "plugins" : name.toString());
    Durable.write(folder.resolve(PLAIN), out.toByteArray());
    return index.entries().size();
  }

  private static List<Path> jars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .filter(file -> !file.getFileName().toString().equals(SIGNED))
          .sorted()
          .toList();
    }
  }

  // ---- What it has
  // ------------------------------------------------------------------------------

  List<Offer> offers() {
    return index.entries().stream()
        .map(
            entry ->
                new Offer(
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
  Fetched fetch(Offer offer, Web web, Path staging) throws IOException {
    Index.Entry entry =
        index.entries().stream()
            .filter(e -> e.sha256().equals(offer.sha256()))
            .findFirst()
            .orElseThrow();
    Path jar = staging.resolve(entry.name() + "-" + entry.version() + ".jar");
    URI place = grounds.of(entry);
    if (Web.isOne(address())) {
      web.fetch(place, jar);
    } else {
      copy(Path.of(place), jar);
    }
    if (!Hash.of(jar).equals(entry.sha256())) {
      throw ProvisioningException.refused(
          entry.name()
              + " "
              + entry.version()
              + " of "
              + address()
              + " is not what the index says: its SHA-256 differs",
          "Tell whoever keeps the repository.");
    }
    return new Fetched(
        jar,
        address(),
        Web.isOne(address()) ? place.toString() : Path.of(place).toString(),
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
      throw Room.lacking(e, source.getFileName().toString(), jar.getParent(), Files.size(source));
    }
  }
}
