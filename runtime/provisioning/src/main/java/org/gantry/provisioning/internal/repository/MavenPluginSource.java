package org.gantry.provisioning.internal.repository;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.maven.ArtifactException;
import org.gantry.maven.FetchedArtifact;
import org.gantry.maven.MavenArtifacts;
import org.gantry.maven.MavenCoordinates;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.trust.FetchedJar;

/**
 * Plugins that are artifacts of Maven repositories. Where such a plugin came from is written as
 * {@code group:artifact:version of REPOSITORY}.
 *
 * @param offline whether the network must be left alone
 */
public record MavenPluginSource(boolean offline) {

  /** Who is asked, and so loads what knows how to, no sooner than it is needed. */
  private interface ArtifactCall<T> {
    T of(MavenArtifacts artifacts) throws ArtifactException, IOException;
  }

  /** The coordinates that begin what somebody wrote, or where a plugin came from. */
  public static Optional<MavenCoordinates> coordinatesIn(String words) {
    return MavenCoordinates.parse(words.split(" ", 2)[0]);
  }

  FetchedJar fetch(MavenCoordinates wanted) {
    return ask(artifacts -> fetched(artifacts.fetch(wanted)));
  }

  /** What to ask for to have a newer version of a plugin; empty if there is none. */
  Optional<String> findNewer(MavenCoordinates installed, String sha256) {
    return ask(
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
   * What a plugin needs beside it, as its author said.
   *
   * @param lacking which artifacts are not there already
   * @param troubles gets a sentence on each that cannot be had
   */
  public List<FetchedJar> fetchDependencies(
      MavenCoordinates of, Predicate<MavenCoordinates> lacking, List<String> troubles) {
    return ask(
        artifacts -> {
          List<FetchedJar> needs = new ArrayList<>();
          for (MavenCoordinates needed : artifacts.runtimeDependencies(of)) {
            try {
              if (lacking.test(needed)) {
                needs.add(fetched(artifacts.fetch(needed)));
              }
            } catch (ArtifactException e) {
              troubles.add(e.getMessage());
            }
          }
          return needs;
        });
  }

  private static FetchedJar fetched(FetchedArtifact artifact) {
    return FetchedJar.ofFile(
        artifact.jar(), artifact.coordinates() + " of " + artifact.repository());
  }

  private <T> T ask(ArtifactCall<T> asking) {
    try (MavenArtifacts artifacts = MavenArtifacts.open(offline)) {
      return asking.of(artifacts);
    } catch (ArtifactException e) {
      if (e.isMissing()) {
        throw ProvisioningException.refused(
            e.getMessage(),
            offline
                ? "Leave out --offline."
                : "The repositories are those of Maven's settings and Maven Central.");
      }
      throw ProvisioningException.failed(e.getMessage(), e);
    } catch (IOException e) {
      throw ProvisioningException.failed(ErrorText.of(e), e);
    }
  }
}
