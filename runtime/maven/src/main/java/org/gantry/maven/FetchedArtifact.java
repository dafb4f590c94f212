package org.gantry.maven;

import java.nio.file.Path;

/**
 * An artifact in the local repository.
 *
 * @param coordinates with the exact version
 * @param jar its file
 * @param repository the repository that it came from, in words
 */
public record FetchedArtifact(MavenCoordinates coordinates, Path jar, String repository) {}
