package org.gantry.maven;

import java.nio.file.Path;

/**
 * An artifact that is at hand.
 *
 * @param coordinates with the version that was found
 * @param jar its file in the local repository
 * @param repository where it came from, in words
 */
public record FetchedArtifact(MavenCoordinates coordinates, Path jar, String repository) {}
