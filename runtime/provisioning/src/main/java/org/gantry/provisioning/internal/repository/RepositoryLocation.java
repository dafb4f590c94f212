package org.gantry.provisioning.internal.repository;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.gantry.provisioning.ProvisioningException;

/**
 * The folder or web address of a repository. All jars of the repository must lie in it, so that a
 * hostile index cannot make this process read other files.
 *
 * @param address the address as the user wrote it
 * @param base the address as a URI that ends in a slash
 */
public record RepositoryLocation(String address, URI base) {

  /** The location of a web address. */
  static RepositoryLocation ofWeb(String address) {
    try {
      return new RepositoryLocation(
          address, new URI(address.endsWith("/") ? address : address + "/"));
    } catch (URISyntaxException e) {
      throw new ProvisioningException(
          true,
          address + " is not a web address: " + e.getReason(),
          "Use the form https://HOST/PATH.",
          e);
    }
  }

  /** The location of a folder. */
  static RepositoryLocation ofFolder(String address, Path folder) {
    String base = folder.toAbsolutePath().normalize().toUri().toString();
    return new RepositoryLocation(address, URI.create(base.endsWith("/") ? base : base + "/"));
  }

  /** The address of a file of the repository. */
  URI resolve(String name) {
    return base.resolve(name);
  }

  /**
   * The address of the jar of an entry.
   *
   * @throws ProvisioningException if it lies outside the repository
   */
  URI jarLocation(PluginIndex.IndexEntry entry) {
    try {
      URI jar = base.resolve(new URI(entry.url()));
      if (!entry.url().isBlank() && isWithin(jar)) {
        return jar;
      }
    } catch (URISyntaxException e) {
      throw refused(entry, "which is not an address: " + e.getReason());
    }
    throw refused(entry, "which is outside the repository");
  }

  private boolean isWithin(URI jar) {
    String path = jar.getPath();
    return base.getScheme().equals(jar.getScheme())
        && String.valueOf(base.getRawAuthority()).equals(String.valueOf(jar.getRawAuthority()))
        && path != null
        && jar.getRawQuery() == null
        && jar.getRawFragment() == null
        && path.startsWith(base.getPath())
        && path.length() > base.getPath().length()
        && path.indexOf('\0') < 0
        && path.indexOf('\\') < 0
        // Percent-encoded dots survive the resolution of addresses.
        && !List.of(path.split("/", -1)).contains("..");
  }

  private ProvisioningException refused(PluginIndex.IndexEntry entry, String why) {
    return ProvisioningException.refused(
        "the index of %s has %s %s at '%s', %s"
            .formatted(address, entry.name(), entry.version(), entry.url(), why),
        "The index is ignored. The jars of a repository must lie in its folder or below it; tell"
            + " its maintainer.");
  }
}
