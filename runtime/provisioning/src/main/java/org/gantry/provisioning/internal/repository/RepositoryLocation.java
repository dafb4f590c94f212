package org.gantry.provisioning.internal.repository;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.gantry.provisioning.ProvisioningException;

/**
 * The folder, or the part of the web, that a repository is. What its index lists lies in it; an
 * index that came from anywhere must not choose what else this process reads.
 *
 * @param address as it was named
 * @param base ends in a slash
 */
public record RepositoryLocation(String address, URI base) {

  /** Of an address of the web. */
  static RepositoryLocation ofWeb(String address) {
    try {
      return new RepositoryLocation(
          address, new URI(address.endsWith("/") ? address : address + "/"));
    } catch (URISyntaxException e) {
      throw new ProvisioningException(
          true, address + " is no address: " + e.getReason(), "Write it as a browser would.", e);
    }
  }

  /** Of a folder. */
  static RepositoryLocation ofFolder(String address, Path folder) {
    String base = folder.toAbsolutePath().normalize().toUri().toString();
    return new RepositoryLocation(address, URI.create(base.endsWith("/") ? base : base + "/"));
  }

  /** Where a file of the repository is. */
  URI resolve(String name) {
    return base.resolve(name);
  }

  /**
   * Where the jar of an entry is.
   *
   * @throws ProvisioningException if that is somewhere else
   */
  URI jarLocation(PluginIndex.IndexEntry entry) {
    try {
      URI place = base.resolve(new URI(entry.url()));
      if (!entry.url().isBlank() && isWithin(place)) {
        return place;
      }
    } catch (URISyntaxException e) {
      throw refused(entry, "which is no address: " + e.getReason());
    }
    throw refused(entry, "which does not lie in it");
  }

  private boolean isWithin(URI place) {
    String path = place.getPath();
    return base.getScheme().equals(place.getScheme())
        && String.valueOf(base.getRawAuthority()).equals(String.valueOf(place.getRawAuthority()))
        && path != null
        && place.getRawQuery() == null
        && place.getRawFragment() == null
        && path.startsWith(base.getPath())
        && path.length() > base.getPath().length()
        && path.indexOf('\0') < 0
        && path.indexOf('\\') < 0
        // Written with percent signs, they are no steps for the resolution of addresses.
        && !List.of(path.split("/", -1)).contains("..");
  }

  private ProvisioningException refused(PluginIndex.IndexEntry entry, String why) {
    return ProvisioningException.refused(
        "the index of %s has %s %s at '%s', %s"
            .formatted(address, entry.name(), entry.version(), entry.url(), why),
        "Nothing of it is used. The jars of a repository lie in its folder or below; tell whoever"
            + " keeps it.");
  }
}
