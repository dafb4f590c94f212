package org.gantry.recipes.internal.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.TextFiles;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.Scalar;

/**
 * Finds the weights that a network starts from, and the architecture that they belong to.
 *
 * @param settings what the recipe says about the weights
 * @param role the network's role in the run that they are from
 * @param path the path of the network in the recipe
 * @param position where the recipe names the weights
 * @param problems receives a problem if they cannot be used
 */
record WeightFinder(
    NetworkSettings settings,
    String role,
    String path,
    SourcePosition position,
    ProblemCollector problems) {

  private static final String RECIPE = "recipe.yaml";
  private static final String CHECKPOINTS = "checkpoints";

  private static final String KINDS_OF_SOURCE =
      "Name a run, a checkpoint of a run, a .safetensors file, or a TorchScript module (.pt).";

  /** Finds the weights; empty if there was a problem. */
  Optional<StoredWeights> find() {
    boolean averaged = settings.weights() == NetworkSettings.WeightChoice.AVERAGE;
    Path from = settings.from();
    try {
      if (!Files.exists(from) && isStored(from) && !settings.sha256().isEmpty()) {
        // A resolved recipe: checkpoints of its run have the weights, so they may not be needed.
        return Optional.of(new StoredWeights(from, averaged, settings.sha256()));
      }
      Optional<Path> file = Files.isDirectory(from) ? inFolder(from) : file(from);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      StoredWeights weights = StoredWeights.of(file.get(), averaged);
      if (settings.sha256().isEmpty() || settings.sha256().equals(weights.sha256())) {
        return Optional.of(weights);
      }
      return refuse(
          "The weights in %s have changed since this recipe recorded them: their SHA-256 is %s, not %s."
              .formatted(file.get(), weights.sha256(), settings.sha256()),
          "Restore the file, or remove 'sha256' to take the weights as they are now.");
    } catch (IOException e) {
      return refuse("The weights in %s cannot be read: %s.".formatted(from, ErrorText.of(e)), "");
    }
  }

  private <T> Optional<T> refuse(String message, String fix) {
    problems.add(position, message, fix);
    return Optional.empty();
  }

  private static boolean isStored(Path file) {
    return file.toString().endsWith(StoredWeights.SUFFIX);
  }

  private Optional<Path> file(Path file) {
    if (!Files.exists(file)) {
      return refuse(
          "%s names %s, which does not exist."
              .formatted(MessageText.quoted(path + "." + NetworkChoice.FROM), file),
          KINDS_OF_SOURCE);
    }
    return isStored(file)
        ? Optional.of(file)
        : refuse(
            "%s expects weights in a .safetensors file, not %s."
                .formatted(MessageText.quoted(path + "." + NetworkChoice.FROM), file.getFileName()),
            "Name a run, or write its weights with 'gantry export RUN --to FILE.safetensors'.");
  }

  /** Finds the file of the role in a checkpoint, or in the latest checkpoint of a run. */
  private Optional<Path> inFolder(Path folder) throws IOException {
    Optional<Path> checkpoint =
        Files.isRegularFile(folder.resolve(RECIPE))
            ? latest(folder.resolve(CHECKPOINTS))
            : Optional.of(folder);
    if (checkpoint.isEmpty()) {
      return refuse(
          "The run %s has no checkpoint.".formatted(folder),
          "Train it before you use its networks.");
    }
    Path file = checkpoint.get().resolve(role + StoredWeights.SUFFIX);
    if (Files.isRegularFile(file)) {
      return Optional.of(file);
    }
    List<String> roles = roles(checkpoint.get());
    return roles.isEmpty()
        ? refuse("%s is neither a run nor a checkpoint.".formatted(folder), KINDS_OF_SOURCE)
        : refuse(
            "%s has no network with the role %s."
                .formatted(checkpoint.get(), MessageText.quoted(role)),
            NearestName.suggestion(role, roles)
                + "Write 'role: ROLE'; it has "
                + MessageText.quoted(roles, "and")
                + ".");
  }

  private static Optional<Path> latest(Path checkpoints) throws IOException {
    return list(checkpoints, name -> name.matches("step-\\d{6,18}")).stream()
        .max(Comparator.comparing(name -> Long.parseLong(name.substring("step-".length()))))
        .map(checkpoints::resolve);
  }

  /** Returns the roles whose weights a checkpoint has: names with a dot are other parts of it. */
  private static List<String> roles(Path checkpoint) throws IOException {
    return list(checkpoint, name -> name.endsWith(StoredWeights.SUFFIX)).stream()
        .map(name -> name.substring(0, name.length() - StoredWeights.SUFFIX.length()))
        .filter(name -> !name.contains(".") && !name.equals("session"))
        .sorted()
        .toList();
  }

  private static List<String> list(Path folder, Predicate<String> filter) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).filter(filter).toList();
    }
  }

  /** Returns the architecture that the run of a checkpoint recorded for the role. */
  Optional<YamlValue> recordedArchitecture(Path file) {
    try {
      Optional<YamlValue> recorded =
          recordedNetwork(recipeOf(file.getParent())).flatMap(NetworkChoice::architectureOf);
      return recorded.isPresent()
          ? recorded
          : refuse(
              "%s does not say which architecture the weights belong to."
                  .formatted(MessageText.quoted(path)),
              "Write '{NAME: {option: value}, from: ...}'.");
    } catch (IOException e) {
      return refuse("%s cannot be read: %s.".formatted(file, ErrorText.of(e)), "");
    }
  }

  /**
   * Returns the module that the network of a run is, if the run froze it: no checkpoint has its
   * weights.
   */
  Optional<YamlValue> frozenModule() {
    Path folder = settings.from();
    try {
      Path recipe = folder.resolve(RECIPE);
      return recordedNetwork(Files.isRegularFile(recipe) ? recipe : recipeOf(folder))
          .filter(WeightFinder::isFrozen)
          .flatMap(NetworkChoice::architectureOf)
          .filter(ModuleReader::isModule);
    } catch (IOException e) {
      return refuse("%s cannot be read: %s.".formatted(folder, ErrorText.of(e)), "");
    }
  }

  private static boolean isFrozen(YamlValue network) {
    return NetworkChoice.setupOf(network).get(NetworkChoice.FREEZE).orElse(null)
            instanceof Scalar freeze
        && freeze.text().equals("true");
  }

  private static Path recipeOf(Path checkpoint) {
    return checkpoint.resolve("../../" + RECIPE).normalize();
  }

  private Optional<YamlValue> recordedNetwork(Path recipe) throws IOException {
    if (!Files.isRegularFile(recipe)) {
      return Optional.empty();
    }
    SourcePosition start = SourcePosition.startOf(recipe.toString(), recipe.getParent());
    return YamlReader.read(TextFiles.read(recipe), start, problems)
        .filter(Mapping.class::isInstance)
        .flatMap(root -> ((Mapping) root).get(RecipeFormat.NETWORKS))
        .filter(Mapping.class::isInstance)
        .flatMap(networks -> NetworkChoice.inNetworks((Mapping) networks, role));
  }
}
