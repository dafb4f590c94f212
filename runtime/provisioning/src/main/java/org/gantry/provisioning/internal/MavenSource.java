package org.gantry.provisioning.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.gantry.maven.Artifact;
import org.gantry.maven.ArtifactException;
import org.gantry.maven.Coordinates;
import org.gantry.maven.MavenArtifacts;
import org.gantry.provisioning.ProvisioningException;

/**
 * Plugins that are artifacts of Maven repositories. Where such a plugin came from is written as
 * {@code group:artifact:version of REPOSITORY}.
 *
 * @param offline whether the network must be left alone
 */
record MavenSource(boolean offline) {

  /** Who is asked, and so loads what knows how to, no sooner than it is needed. */
  private interface Asking<T> {
    T of(MavenArtifacts artifacts) throws ArtifactException, IOException;
  }

  /** The coordinates that begin what somebody wrote, or where a plugin came from. */
  static Optional<Coordinates> named(String words) {
    return Coordinates.of(words.split(" ", 2)[0]);
  }

  Fetched fetch(Coordinates wanted) {
    return ask(artifacts -> fetched(artifacts.fetch(wanted)));
  }

  /** What to ask for to have a newer version of a plugin; empty if there is none. */
  Optional<String> newer(Coordinates installed, String sha256) {
    return ask(
        artifacts -> {
          if (installed.isSnapshot()) {
            Artifact now = artifacts.fetch(installed);
            return Hash.of(now.jar()).equals(sha256)
                ? Optional.empty()
                : Optional.of(installed.toString());
          }
          String newest = artifacts.newest(installed);
          return newest.equals(installed.version())
              ? Optional.empty()
              : Optional.of(installed.in(newest).toString());
        });
  }

  /**
   * What a plugin needs beside it, as its author said.
   *
   * @param lacking which artifacts are not there already
   * @param troubles gets a sentence on each that cannot be had
   */
  List<Fetched> needs(Coordinates of, Predicate<Coordinates> lacking, List<String> troubles) {
    return ask(
        artifacts -> {
          List<Fetched> needs = new ArrayList<>();
          for (Coordinates needed : artifacts.dependencies(of)) {
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

  private static Fetched fetched(Artifact artifact) {
    return Fetched.file(artifact.jar(), artifact.coordinates() + " of " + artifact.repository());
  }

  private <T> T ask(Asking<T> asking) {
    try (MavenArtifacts artifacts = MavenArtifacts.open(offline)) {
      return asking.of(artifacts);
    } catch (ArtifactException e) {
      if (e.missing()) {
        throw ProvisioningException.refused(
            e.getMessage(),
            offline
                ? "Leave out --offline."
                : "The repositories are those of Maven's settings and Maven Central.");
      }
      throw ProvisioningException.failed(e.getMessage(), e);
    } catch (IOException e) {
      throw ProvisioningException.failed(Told.of(e), e);
    }
  }
}
