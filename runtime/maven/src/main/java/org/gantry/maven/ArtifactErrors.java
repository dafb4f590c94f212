package org.gantry.maven;

import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ChecksumFailureException;
import org.eclipse.aether.transfer.MetadataNotFoundException;
import org.gantry.host.support.ErrorText;

/**
 * Says in a sentence why an artifact cannot be had.
 *
 * @param offline whether the network was left alone
 * @param local the folder of the local repository
 * @param asked who was asked
 */
record ArtifactErrors(boolean offline, String local, List<RemoteRepository> asked) {

  ArtifactException explain(MavenCoordinates wanted, List<Exception> failures, Throwable cause) {
    for (Exception failure : failures) {
      if (has(failure, ChecksumFailureException.class)) {
        return new ArtifactException(false, wanted + " came damaged: " + innermost(failure), cause);
      }
    }
    if (offline) {
      return new ArtifactException(
          true,
          wanted
              + " is not in the local repository "
              + local
              + ", and the network is to be left alone",
          cause);
    }
    for (Exception failure : failures) {
      boolean absent =
          has(failure, ArtifactNotFoundException.class)
              || has(failure, MetadataNotFoundException.class);
      if (!absent) {
        return new ArtifactException(
            false, wanted + " cannot be fetched: " + innermost(failure), cause);
      }
    }
    return new ArtifactException(
        true,
        "there is no %s in the local repository %s, nor in %s"
            .formatted(
                wanted.version().isEmpty() ? "release of " + wanted : wanted,
                local,
                asked.stream().map(ArtifactErrors::describe).collect(Collectors.joining(", "))),
        cause);
  }

  /** A repository by its name and address. */
  static String describe(RemoteRepository repository) {
    return repository.getId() + " (" + repository.getUrl() + ")";
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    return ErrorText.find(failure, type).isPresent();
  }

  private static String innermost(Throwable failure) {
    return ErrorText.message(ErrorText.rootCause(failure));
  }
}
