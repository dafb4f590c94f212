package org.gantry.maven;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.ContextOverrides.ChecksumPolicy;
import eu.maveniverse.maven.mima.context.ContextOverrides.SnapshotUpdatePolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.aether.ConfigurationProperties;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.VersionRangeRequest;
import org.eclipse.aether.resolution.VersionRangeResolutionException;
import org.eclipse.aether.resolution.VersionRangeResult;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.graph.visitor.PreorderNodeListGenerator;

/**
 * Resolves artifacts as the user's Maven does: from the local repository, the repositories of the
 * settings, and Maven Central. Downloads go to the local repository. Unlike Maven by default, it
 * treats a wrong checksum as an error.
 *
 * <p>Reads the settings in {@code ~/.m2} and {@code MAVEN_HOME}, or those that the properties
 * {@code org.apache.maven.user-settings} and {@code maven.repo.local} name.
 */
public final class MavenArtifacts implements AutoCloseable {

  private static final String ANY_VERSION = "[0,)";

  /** In milliseconds. Maven itself waits for a silent server for half an hour. */
  private static final Map<String, Object> TIMEOUTS =
      Map.of(
          ConfigurationProperties.CONNECT_TIMEOUT,
          30_000,
          ConfigurationProperties.REQUEST_TIMEOUT,
          60_000);

  private final Context context;

  private MavenArtifacts(Context context) {
    this.context = context;
  }

  /**
   * Reads the settings.
   *
   * @param offline whether the network must not be used, even if the settings allow it
   * @throws ArtifactException if the settings cannot be read
   */
  public static MavenArtifacts open(boolean offline) throws ArtifactException {
    ContextOverrides.Builder overrides =
        ContextOverrides.create()
            .withUserSettings(true)
            .configProperties(TIMEOUTS)
            .checksumPolicy(ChecksumPolicy.FAIL)
            .snapshotUpdatePolicy(SnapshotUpdatePolicy.ALWAYS);
    if (offline) {
      overrides.offline(true);
    }
    path("org.apache.maven.user-settings").ifPresent(overrides::withUserSettingsXmlOverride);
    path("org.apache.maven.global-settings").ifPresent(overrides::withGlobalSettingsXmlOverride);
    path("maven.repo.local").ifPresent(overrides::withLocalRepositoryOverride);
    try {
      return new MavenArtifacts(new UserMavenRuntime().create(overrides.build()));
    } catch (RuntimeException e) {
      throw new ArtifactException(
          false, "Maven's settings cannot be read: " + ArtifactErrors.rootMessage(e), e);
    }
  }

  private static Optional<Path> path(String property) {
    return Optional.ofNullable(System.getProperty(property)).map(Path::of);
  }

  /**
   * Downloads an artifact unless it is in the local repository.
   *
   * @param wanted the artifact; without a version, its newest release
   * @throws ArtifactException if it is missing, unreachable or corrupt
   */
  public FetchedArtifact fetch(MavenCoordinates wanted) throws ArtifactException {
    MavenCoordinates exact =
        wanted.version().isEmpty() ? wanted.withVersion(newestRelease(wanted)) : wanted;
    ArtifactRequest request =
        new ArtifactRequest(artifact(exact), context.remoteRepositories(), null);
    try {
      return artifact(context.repositorySystem().resolveArtifact(session(), request));
    } catch (ArtifactResolutionException e) {
      throw failures().explain(exact, e.getResult().getExceptions(), e);
    }
  }

  /**
   * Finds the newest release of an artifact.
   *
   * @throws ArtifactException if no repository has one, or none can be read
   */
  public String newestRelease(MavenCoordinates artifact) throws ArtifactException {
    VersionRangeRequest request =
        new VersionRangeRequest(
            artifact(artifact.withVersion(ANY_VERSION)), context.remoteRepositories(), null);
    try {
      VersionRangeResult result =
          context.repositorySystem().resolveVersionRange(session(), request);
      List<String> releases =
          result.getVersions().stream()
              .map(Object::toString)
              .filter(version -> !artifact.withVersion(version).isSnapshot())
              .toList();
      if (releases.isEmpty()) {
        throw failures().explain(artifact.withVersion(""), result.getExceptions(), null);
      }
      return releases.get(releases.size() - 1);
    } catch (VersionRangeResolutionException e) {
      throw failures().explain(artifact, List.of(e), e);
    }
  }

  /**
   * The transitive runtime dependencies of an artifact.
   *
   * @throws ArtifactException if they cannot be determined
   */
  public List<MavenCoordinates> runtimeDependencies(MavenCoordinates of) throws ArtifactException {
    CollectRequest request =
        new CollectRequest(
            new Dependency(artifact(of), JavaScopes.RUNTIME), context.remoteRepositories());
    PreorderNodeListGenerator nodes = new PreorderNodeListGenerator();
    try {
      context.repositorySystem().collectDependencies(session(), request).getRoot().accept(nodes);
    } catch (DependencyCollectionException e) {
      throw new ArtifactException(
          false,
          "the dependencies of " + of + " cannot be determined: " + ArtifactErrors.rootMessage(e),
          e);
    }
    var atRunTime = DependencyFilterUtils.classpathFilter(JavaScopes.COMPILE, JavaScopes.RUNTIME);
    List<MavenCoordinates> needed = new ArrayList<>();
    for (var node : nodes.getNodes()) {
      MavenCoordinates each = coordinates(node.getArtifact());
      boolean itself = each.withVersion("").equals(of.withVersion(""));
      if (!itself
          && node.getArtifact().getExtension().equals("jar")
          && atRunTime.accept(node, List.of())) {
        needed.add(each);
      }
    }
    return needed;
  }

  private static DefaultArtifact artifact(MavenCoordinates coordinates) {
    return new DefaultArtifact(
        coordinates.group(), coordinates.artifact(), "", "jar", coordinates.version());
  }

  private FetchedArtifact artifact(ArtifactResult result) {
    var artifact = result.getArtifact();
    String repository =
        result.getRepository() instanceof RemoteRepository remote
            ? ArtifactErrors.describe(remote)
            : "the local repository";
    return new FetchedArtifact(coordinates(artifact), artifact.getFile().toPath(), repository);
  }

  private static MavenCoordinates coordinates(org.eclipse.aether.artifact.Artifact artifact) {
    return new MavenCoordinates(
        artifact.getGroupId(), artifact.getArtifactId(), artifact.getBaseVersion());
  }

  private ArtifactErrors failures() {
    return new ArtifactErrors(
        session().isOffline(),
        session().getLocalRepository().getBasedir().toString(),
        context.remoteRepositories());
  }

  private RepositorySystemSession session() {
    return context.repositorySystemSession();
  }

  @Override
  public void close() {
    context.close();
  }
}
