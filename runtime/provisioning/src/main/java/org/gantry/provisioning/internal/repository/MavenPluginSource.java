package org.gantry.provisioning.internal.repository;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.host.support.TimeLimit;
import org.gantry.maven.ArtifactException;
import org.gantry.maven.FetchedArtifact;
import org.gantry.maven.MavenArtifacts;
import org.gantry.maven.MavenCoordinates;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.trust.FetchedJar;

/**
 * Plugins that are artifacts of Maven repositories. The source of such a plugin is {@code
 * group:artifact:version of REPOSITORY}.
 *
 * @param offline whether the network must not be used
 */
public record MavenPluginSource(boolean offline) {

  /** The system property with the milliseconds that a request may take in all. */
  private static final String LIMIT = "gantry.maven.limit";

  /** Maven limits only the pauses of a download. */
  private static final long DEFAULT_LIMIT = Duration.ofMinutes(60).toMillis();

  /** A call of the Maven resolver, whose classes are loaded only when needed. */
  private interface ArtifactCall<T> {
    T call(MavenArtifacts artifacts) throws ArtifactException, IOException;
  }

  /** The coordinates at the beginning of a source; empty if there are none. */
  public static Optional<MavenCoordinates> coordinatesIn(String words) {
    return MavenCoordinates.parse(words.split(" ", 2)[0]);
  }

  FetchedJar fetch(MavenCoordinates wanted) {
    return call(artifacts -> fetched(artifacts.fetch(wanted)));
  }

  /** The coordinates of a newer version of a plugin; empty without one. */
  Optional<String> findNewer(MavenCoordinates installed, String sha256) {
    return call(
        artifacts -> {
          if (installed.isSnapshot()) {
            FetchedArtifact now = artifacts.fetch(installed);
            return Sha256.of(now.jar()).equals(sha256)
                ? Optional.empty()
                : Optional.of(installed.toString());
          }
          String newest = artifacts.newestRelease(installed);
          return newest.equals(installed.version())
              ? Optional.empty()
              : Optional.of(installed.withVersion(newest).toString());
        });
  }

  /**
   * Downloads the dependencies of an artifact.
   *
   * @param missing whether a dependency is missing in the installation
   * @param errors receives a sentence for each dependency that cannot be downloaded
   */
  public List<FetchedJar> fetchDependencies(
      MavenCoordinates of, Predicate<MavenCoordinates> missing, List<String> errors) {
    return call(
        artifacts -> {
          List<FetchedJar> needs = new ArrayList<>();
          for (MavenCoordinates needed : artifacts.runtimeDependencies(of)) {
            try {
              if (missing.test(needed)) {
                needs.add(fetched(artifacts.fetch(needed)));
              }
            } catch (ArtifactException e) {
              errors.add(e.getMessage());
            }
          }
          return needs;
        });
  }

  private static FetchedJar fetched(FetchedArtifact artifact) {
    return FetchedJar.ofFile(
        artifact.jar(), artifact.coordinates() + " of " + artifact.repository());
  }

  private <T> T call(ArtifactCall<T> call) {
    Duration whole = Duration.ofMillis(Long.getLong(LIMIT, DEFAULT_LIMIT));
    try (TimeLimit limit = TimeLimit.ofWholeTime(whole)) {
      return limit.run("Maven's repositories", () -> open(call));
    } catch (TimeLimit.PluginCodeException e) {
      throw failure(e);
    }
  }

  private <T> T open(ArtifactCall<T> call) throws ArtifactException, IOException {
    try (MavenArtifacts artifacts = MavenArtifacts.open(offline)) {
      return call.call(artifacts);
    }
  }

  private RuntimeException failure(TimeLimit.PluginCodeException failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof RuntimeException e) {
      return e;
    } else if (cause instanceof ArtifactException e) {
      if (e.isMissing()) {
        return ProvisioningException.refused(
            e.getMessage(),
            offline
                ? "Leave out --offline."
                : "Gantry searches the repositories of Maven's settings and Maven Central.");
      }
      return ProvisioningException.failed(e.getMessage(), e);
    } else if (cause instanceof TimeoutException) {
      return ProvisioningException.failed(
          "Maven's repositories did not answer in time: " + failure.getMessage(), cause);
    }
    return ProvisioningException.failed(ErrorText.of(cause), cause);
  }
}
