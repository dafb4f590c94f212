package org.gantry.recipes.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.host.support.TextFiles;
import org.gantry.host.support.UserPaths;
import org.gantry.recipes.Recipes.BundledRecipe;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.RecipeComment;
import org.gantry.recipes.text.SourcePosition;

/**
 * Finds and reads recipe files.
 *
 * @param folder the folder of the bundled recipes; need not exist
 */
record RecipeFiles(Path folder) {

  private static final String EXTENSION = ".yaml";

  /**
   * The text of a recipe.
   *
   * @param name the name of its file, without extension
   * @param start the position of its first character
   * @param text the content of its file
   */
  record RecipeSource(String name, SourcePosition start, String text) {

    /** Returns the comment at its start, line by line. */
    String comment() {
      return text.lines()
          .takeWhile(line -> line.startsWith("#"))
          .map(line -> line + "\n")
          .reduce("", String::concat);
    }
  }

  /** Returns the bundled recipes, by name. */
  List<BundledRecipe> bundled() {
    return in(folder).stream()
        .map(file -> new BundledRecipe(name(file), summary(file), file))
        .toList();
  }

  private static List<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(EXTENSION))
          .sorted(Comparator.comparing(RecipeFiles::name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + folder, e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("\\.(yaml|yml)$", "");
  }

  private static String summary(Path file) {
    try {
      return RecipeComment.firstLine(file);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  /**
   * Reads a recipe.
   *
   * @param recipe a bundled name or a file
   * @param problems receives a problem if it cannot be read
   * @return empty if it cannot be read
   */
  Optional<RecipeSource> read(String recipe, ProblemCollector problems) {
    boolean looksLikeFile = recipe.matches(".*([/\\\\]|\\.ya?ml$).*");
    Optional<Path> bundled =
        looksLikeFile
            ? Optional.empty()
            : bundled().stream()
                .filter(b -> b.name().equals(recipe))
                .map(BundledRecipe::file)
                .findFirst();
    Path file = bundled.orElseGet(() -> UserPaths.of(recipe));
    Path parent = file.toAbsolutePath().normalize().getParent();
    SourcePosition start = SourcePosition.startOf(file.toString(), parent);
    SourcePosition argument = new SourcePosition(recipe, 0, 0, parent);
    try {
      return Optional.of(
          new RecipeSource(name(file), start, TextFiles.read(file, TextFiles.WRITTEN_LIMIT)));
    } catch (NoSuchFileException e) {
      missing(recipe, looksLikeFile, parent, argument, problems);
    } catch (CharacterCodingException e) {
      problems.add(argument, "The file " + file + " is not UTF-8 text.", "Save it as UTF-8.");
    } catch (IOException e) {
      String reason =
          Files.isDirectory(file)
              ? "it is a folder"
              : e instanceof FileSystemException failure && failure.getReason() != null
                  ? failure.getReason()
                  : e.getMessage();
      problems.add(argument, "The file " + file + " cannot be read: " + reason + ".", "");
    }
    return Optional.empty();
  }

  private void missing(
      String recipe,
      boolean looksLikeFile,
      Path parent,
      SourcePosition argument,
      ProblemCollector problems) {
    List<String> bundled = bundled().stream().map(BundledRecipe::name).toList();
    if (!looksLikeFile) {
      problems.add(
          argument,
          "There is no bundled recipe or file called " + MessageText.quoted(recipe) + ".",
          bundled.isEmpty()
              ? "Give a file; this installation has no bundled recipes."
              : NearestName.suggestion(recipe, bundled)
                  + "Bundled recipes: "
                  + MessageText.quoted(bundled, "and")
                  + ".");
      return;
    }
    if (!Files.isDirectory(parent)) {
      problems.add(argument, "There is no folder " + parent + ".", "");
      return;
    }
    String file = UserPaths.of(recipe).getFileName().toString();
    List<String> siblings = in(parent).stream().map(p -> p.getFileName().toString()).toList();
    String name = file.replaceFirst("\\.(yaml|yml)$", "");
    problems.add(
        argument,
        "There is no file " + MessageText.quoted(recipe) + ".",
        NearestName.suggestion(file, siblings)
            + NearestName.find(name, bundled)
                .map(near -> "The bundled recipe is called " + MessageText.quoted(near) + ".")
                .orElse(""));
  }
}
