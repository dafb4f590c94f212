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
import org.gantry.provisioning.PluginOffer;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.RepositoryListing;
import org.gantry.provisioning.internal.plan.LockedPlugin;
import org.gantry.provisioning.internal.trust.FetchedJar;
import org.osgi.framework.Version;

/**
 * What one request asks of files, repositories with an index, and those of Maven. Repositories are
 * opened when the first question is for them, and then once.
 */
public final class PluginSources {

  /** Opens repositories. */
  interface RepositoryOpener {
    OpenRepositories open(InstallPolicy terms, Path folder) throws IOException;
  }

  private final RepositoryOpener opening;
  private final InstallPolicy policy;
  private final Path folder;
  private final List<String> notes = new ArrayList<>();
  private Optional<OpenRepositories> opened = Optional.empty();

  /**
   * Creates one.
   *
   * @param folder for what has to be fetched
   */
  PluginSources(RepositoryOpener opening, InstallPolicy terms, Path folder) {
    this.opening = opening;
    this.policy = terms;
    this.folder = folder;
  }

  public InstallPolicy policy() {
    return policy;
  }

  /** What whoever asked is to know besides the answer, in sentences without a full stop. */
  public List<String> notes() {
    List<String> all = new ArrayList<>(opened.map(OpenRepositories::notes).orElse(List.of()));
    all.addAll(notes);
    return all;
  }

  public void addNote(String sentence) {
    notes.add(sentence);
  }

  private OpenRepositories repositories() throws IOException {
    if (opened.isEmpty()) {
      opened = Optional.of(opening.open(policy, folder));
    }
    return opened.get();
  }

  /** All that the repositories have. */
  public RepositoryListing listing() throws IOException {
    List<PluginOffer> offers = repositories().offers();
    return new RepositoryListing(offers, notes());
  }

  /** Gets what somebody asked for. */
  public FetchedJar fetch(String what) throws IOException {
    Optional<Path> file = file(what);
    if (file.isPresent()) {
      return FetchedJar.ofFile(file.get(), file.get().toAbsolutePath().normalize().toString());
    } else if (what.endsWith(".jar")) {
      throw ProvisioningException.refused("there is no file " + what, "");
    } else if (isFolder(what)) {
      throw ProvisioningException.refused(
          what + " is a folder",
          "Name a jar in it; or, if it has an index, a plugin of it with --repository "
              + what
              + ".");
    }
    Optional<MavenCoordinates> artifact = MavenPluginSource.coordinatesIn(what);
    if (artifact.isPresent()) {
      return maven().fetch(artifact.get());
    }
    PluginOffer offer = repositories().find(PluginQuery.parse(what));
    return repositories().of(offer).fetch(offer, WebClient.create(policy.offline()), folder);
  }

  /** Artifacts of Maven repositories. */
  public MavenPluginSource maven() {
    return new MavenPluginSource(policy.offline());
  }

  /** Whether a folder is meant and no plugin that is called like one. */
  private static boolean isFolder(String what) {
    try {
      return what.contains("/") && Files.isDirectory(Path.of(what));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Optional<Path> file(String what) {
    try {
      return Optional.of(Path.of(what)).filter(Files::isRegularFile);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** What to ask for to have a newer version of a plugin; empty if there is none. */
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
