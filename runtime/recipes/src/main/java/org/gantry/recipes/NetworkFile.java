package org.gantry.recipes;

import java.nio.file.Path;

/**
 * A file that a network starts from: weights, or a module.
 *
 * @param network the role or kind that the recipe gives the file
 * @param file the file
 * @param sha256 the SHA-256 of its content, with that of the averaged weights where they are used
 */
public record NetworkFile(String network, Path file, String sha256) {}
