package org.gantry.provisioning.internal.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.host.support.Sha256;
import org.gantry.maven.MavenCoordinates;
import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.RepositoryListing;
import org.gantry.provisioning.RepositoryListing.PluginOffer;
import org.gantry.provisioning.internal.plan.LockFile.LockedPlugin;
import org.gantry.provisioning.internal.repository.RepositoryList.OpenRepositories;
import org.gantry.provisioning.internal.trust.FetchedJar;
import org.osgi.framework.Version;

/**
 * Finds the plugins of one request: in files, in repositories, and in Maven repositories. Opens the
 * repositories when they are first needed, and only once.
 */
public final class PluginSources {

  private final RepositoryList repositories;
  private final InstallPolicy policy;
  private final Path folder;
  private final List<String> notes = new ArrayList<>();
  private Optional<OpenRepositories> opened = Optional.empty();

  /**
   * Creates the sources of a request.
   *
   * @param folder the folder for downloads
   */
  public PluginSources(RepositoryList repositories, InstallPolicy policy, Path folder) {
    this.repositories = repositories;
    this.policy = policy;
    this.folder = folder;
  }

  /** The policy of the request. */
  public InstallPolicy policy() {
    return policy;
  }

  /** Notes for the user, one sentence each, without a full stop. */
  public List<String> notes() {
    List<String> all = new ArrayList<>(opened.map(OpenRepositories::notes).orElse(List.of()));
    all.addAll(notes);
    return all;
  }

  /** Adds a note for the user. */
  public void addNote(String sentence) {
    notes.add(sentence);
  }

  private OpenRepositories repositories() throws IOException {
    if (opened.isEmpty()) {
      opened = Optional.of(repositories.open(policy, folder));
    }
    return opened.get();
  }

  /** Lists the plugins of all repositories. */
  public RepositoryListing listing() throws IOException {
    List<PluginOffer> offers = repositories().offers();
    return new RepositoryListing(offers, notes());
  }

  /**
   * Finds and downloads a plugin.
   *
   * @param source a jar's path, Maven coordinates, or a {@link PluginQuery}
   * @throws ProvisioningException if it cannot be found
   */
  public FetchedJar fetch(String source) throws IOException {
    Optional<Path> file = file(source);
    if (file.isPresent()) {
      return FetchedJar.ofFile(file.get(), file.get().toAbsolutePath().normalize().toString());
    } else if (source.endsWith(".jar")) {
      throw ProvisioningException.refused("there is no file " + source, "");
    } else if (isFolder(source)) {
      throw ProvisioningException.refused(
          source + " is a folder",
          "Name a jar in it; or, if it has an index, a plugin of it with --repository "
              + source
              + ".");
    }
    Optional<MavenCoordinates> artifact = MavenPluginSource.coordinatesIn(source);
    if (artifact.isPresent()) {
      return maven().fetch(artifact.get());
    }
    PluginOffer offer = repositories().find(PluginQuery.parse(source));
    return repositories()
        .repositoryOf(offer)
        .fetch(offer, WebClient.create(policy.offline()), folder);
  }

  /** The Maven repositories. */
  public MavenPluginSource maven() {
    return new MavenPluginSource(policy.offline());
  }

  /** Whether a source is a folder, and not a plugin with the name of one. */
  private static boolean isFolder(String source) {
    try {
      return source.contains("/") && Files.isDirectory(Path.of(source));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Optional<Path> file(String source) {
    try {
      return Optional.of(Path.of(source)).filter(Files::isRegularFile);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The source of a newer version of a plugin, for {@link #fetch}; empty without one. */
  public Optional<String> findNewer(LockedPlugin plugin) throws IOException {
    Optional<Path> file = file(plugin.source());
    if (file.isPresent()) {
      return Sha256.of(file.get()).equals(plugin.sha256())
          ? Optional.empty()
          : Optional.of(plugin.source());
    }
    Optional<MavenCoordinates> artifact = MavenPluginSource.coordinatesIn(plugin.source());
    if (artifact.isPresent()) {
      return maven().findNewer(artifact.get(), plugin.sha256());
    }
    return repositories().offers().stream()
        .filter(offer -> offer.name().equals(plugin.name()))
        .map(offer -> new Version(offer.version()))
        .max(Version::compareTo)
        .filter(newest -> newest.compareTo(new Version(plugin.version())) > 0)
        .map(newest -> plugin.name() + "@" + newest);
  }
}
