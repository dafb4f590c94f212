package org.gantry.provisioning.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
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
 * @param address a folder or a URL
 * @param index what it has
 * @param voucher who answers for that, in words; empty if nobody does who is trusted
 */
record Repository(String address, Index index, String voucher) {

  static final String PLAIN = "index.xml";
  static final String SIGNED = "index.jar";

  /** What {@link #voucher} says of the repository that comes with the product. */
  static final String OF_PRODUCT = "comes with the product";

  /** Opens a repository; one on the web is read anew. */
  static Repository open(String address, Web web, TrustFolder trust, Path staging)
      throws IOException {
    if (Web.isOne(address)) {
      URI base = base(address);
      Path signed =
          staging.resolve(
              "index-"
                  + Hash.of(address.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                  + ".jar");
      if (web.fetchIfThere(base.resolve(SIGNED), signed)) {
        return signed(address, signed, trust);
      }
      Path plain = signed.resolveSibling(signed.getFileName() + ".xml");
      if (!web.fetchIfThere(base.resolve(PLAIN), plain)) {
        throw ProvisioningException.refused(
            address + " is no repository: it has no " + PLAIN,
            "'gantry repository index DIR' writes one, which belongs beside the jars.");
      }
      return plain(address, plain);
    }
    Path folder = Path.of(address);
    if (!Files.isDirectory(folder)) {
      throw ProvisioningException.refused(
          "there is no folder " + folder,
          "A repository is a folder or an address of the web with an index.");
    }
    if (Files.isRegularFile(folder.resolve(SIGNED))) {
      return signed(address, folder.resolve(SIGNED), trust);
    }
    if (!Files.isRegularFile(folder.resolve(PLAIN))) {
      throw ProvisioningException.refused(
          folder + " is no repository: it has no " + PLAIN,
          "'gantry repository index " + folder + "' writes one.");
    }
    return plain(address, folder.resolve(PLAIN));
  }

  private static URI base(String address) {
    try {
      return new URI(address.endsWith("/") ? address : address + "/");
    } catch (URISyntaxException e) {
      throw new ProvisioningException(
          true, address + " is no address: " + e.getReason(), "Write it as a browser would.", e);
    }
  }

  private static Repository plain(String address, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new Repository(address, Index.read(in), "");
    } catch (IOException e) {
      throw new ProvisioningException(
          true,
          "the index of " + address + " cannot be read: " + Told.of(e),
          "'gantry repository index DIR' writes it anew.",
          e);
    }
  }

  private static Repository signed(String address, Path file, TrustFolder trust)
      throws IOException {
    Signature signature = Signature.of(file, "the index of " + address);
    boolean trusted = signature.isThere() && trust.trusts(signature);
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      JarEntry entry = jar.getJarEntry(PLAIN);
      if (entry == null) {
        throw ProvisioningException.refused(
            "the index of " + address + " has no " + PLAIN,
            "Put " + PLAIN + " into " + SIGNED + ", and sign it again.");
      }
      try (InputStream in = jar.getInputStream(entry)) {
        return new Repository(
            address,
            Index.read(in),
            trusted ? "listed by " + signature.signer() + ", who is trusted" : "");
      }
    }
  }

  /** The folder of the product; one that is missing has nothing. */
  static Repository ofProduct(Path folder) throws IOException {
    Index index =
        Files.isRegularFile(folder.resolve(PLAIN))
            ? plain(folder.toString(), folder.resolve(PLAIN)).index()
            : new Index(List.of());
    return new Repository(folder.toString(), index, OF_PRODUCT);
  }

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

  List<Offer> offers() {
    return index.entries().stream()
        .map(
            entry ->
                new Offer(
                    entry.name(),
                    entry.version(),
                    entry.description(),
                    address,
                    entry.sha256(),
                    entry.size(),
                    voucher,
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
    if (Web.isOne(address)) {
      web.fetch(base(address).resolve(entry.url()), jar);
    } else {
      copy(Path.of(address), entry, jar);
    }
    if (!Hash.of(jar).equals(entry.sha256())) {
      throw ProvisioningException.refused(
          entry.name()
              + " "
              + entry.version()
              + " of "
              + address
              + " is not what the index says: its SHA-256 differs",
          "Tell whoever keeps the repository.");
    }
    return new Fetched(jar, address, voucher);
  }

  private static void copy(Path folder, Index.Entry entry, Path jar) throws IOException {
    Path source = Path.of(folder.toUri().resolve(entry.url()));
    try (InputStream in = Files.newInputStream(source);
        OutputStream out = Files.newOutputStream(jar)) {
      in.transferTo(out);
    } catch (IOException e) {
      throw new ProvisioningException(
          true,
          "the repository " + folder + " lacks a jar that its index has: " + Told.of(e),
          "'gantry repository index " + folder + "' writes the index anew.",
          e);
    }
  }
}
