package org.gantry.maven;

import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ChecksumFailureException;
import org.eclipse.aether.transfer.MetadataNotFoundException;
import org.gantry.host.support.ErrorText;

/**
 * Explains in a sentence why an artifact is not available.
 *
 * @param offline whether the network was not used
 * @param local the folder of the local repository
 * @param repositories the remote repositories
 */
record ArtifactErrors(boolean offline, String local, List<RemoteRepository> repositories) {

  ArtifactException explain(MavenCoordinates wanted, List<Exception> failures, Throwable cause) {
    for (Exception failure : failures) {
      if (has(failure, ChecksumFailureException.class)) {
        return new ArtifactException(
            false, wanted + " is corrupt (checksum mismatch): " + rootMessage(failure), cause);
      }
    }
    if (offline) {
      return new ArtifactException(
          true,
          wanted
              + " is not in the local repository "
              + local
              + ", and the network must not be used",
          cause);
    }
    for (Exception failure : failures) {
      boolean absent =
          has(failure, ArtifactNotFoundException.class)
              || has(failure, MetadataNotFoundException.class);
      if (!absent) {
        return new ArtifactException(
            false, wanted + " cannot be downloaded: " + rootMessage(failure), cause);
      }
    }
    return new ArtifactException(
        true,
        "there is no %s in the local repository %s or in %s"
            .formatted(
                wanted.version().isEmpty() ? "release of " + wanted : wanted,
                local,
                repositories.stream()
                    .map(ArtifactErrors::describe)
                    .collect(Collectors.joining(", "))),
        cause);
  }

  /** The id and the address of a repository. */
  static String describe(RemoteRepository repository) {
    return repository.getId() + " (" + repository.getUrl() + ")";
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    return ErrorText.find(failure, type).isPresent();
  }

  static String rootMessage(Throwable failure) {
    return ErrorText.message(ErrorText.rootCause(failure));
  }
}
