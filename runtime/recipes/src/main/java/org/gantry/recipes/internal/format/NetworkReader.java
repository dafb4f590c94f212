package org.gantry.recipes.internal.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.gantry.recipes.internal.options.OptionBinder;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.training.NetworkSetup;

/**
 * Reads the networks of a recipe, such as {@code mlp}, {@code {mlp: {...}, freeze: 2}} or {@code
 * {from: runs/digits-001, freeze: true}}.
 *
 * @param resolver resolves architectures
 * @param problems receives a problem for each network that cannot be used
 */
record NetworkReader(ComponentResolver resolver, ProblemCollector problems) {

  private static final List<String> KEYS_OF_WEIGHTS =
      List.of(NetworkChoice.ROLE, NetworkChoice.WEIGHTS, NetworkChoice.SHA256);

  private static final List<String> KEYS_OF_RUNS =
      List.of(NetworkChoice.ROLE, NetworkChoice.WEIGHTS);

  private static final List<String> KEYS_OF_MODULES =
      List.of(NetworkChoice.TAKES, NetworkChoice.GIVES);

  private static final String FROM_MODULE = "Add 'from: FILE.pt'. ";

  /**
   * Reads one network.
   *
   * @param entry its role or kind, and what is written there
   */
  Optional<NetworkChoice> read(MappingEntry entry) {
    String path = RecipeFormat.NETWORKS + "." + entry.key();
    Mapping setup = NetworkChoice.setupOf(entry.value());
    Optional<YamlValue> named = NetworkChoice.architectureOf(entry.value());
    if (hasMisspelledKey(path, named)) {
      return Optional.empty();
    }
    if (setup.entries().isEmpty()) {
      return named
          .flatMap(value -> architecture(entry.key(), value, 0))
          .map(a -> new NetworkChoice(position(entry), a, Optional.empty(), 0, 1, 0));
    }
    OptionalInt frozen = frozenLayers(setup.get(NetworkChoice.FREEZE), path);
    Mapping others =
        new Mapping(
            setup.entries().stream().filter(e -> !e.key().equals(NetworkChoice.FREEZE)).toList(),
            setup.position());
    Optional<NetworkSettings> settings =
        new OptionBinder(problems).bind(NetworkSettings.class, others, path, entry.position());
    if (settings.isEmpty() || frozen.isEmpty()) {
      return Optional.empty();
    }
    if (isModule(settings.get().from())) {
      return module(entry, named, setup, settings.get(), frozen.getAsInt());
    }
    if (refusesKeys(setup, KEYS_OF_MODULES, path, "names ports of a module", FROM_MODULE)) {
      return Optional.empty();
    }
    return setup.get(NetworkChoice.FROM).isPresent()
        ? trained(entry, named, setup, settings.get(), frozen.getAsInt())
        : untrained(entry, named, setup, settings.get(), frozen.getAsInt());
  }

  private static boolean isModule(Path from) {
    return from.toString().endsWith(ModuleFile.SUFFIX) && !Files.isDirectory(from);
  }

  /** Reads a network that a TorchScript file defines. */
  private Optional<NetworkChoice> module(
      MappingEntry entry,
      Optional<YamlValue> named,
      Mapping setup,
      NetworkSettings settings,
      int frozenLayers) {
    String path = RecipeFormat.NETWORKS + "." + entry.key();
    if (named.isPresent()) {
      problems.add(
          setup.entry(NetworkChoice.FROM).orElseThrow().position(),
          "%s names an architecture and the module %s, which is a network of its own."
              .formatted(MessageText.quoted(path), settings.from()),
          "Remove one of them, or take weights from a .safetensors file.");
      return Optional.empty();
    }
    if (refusesKeys(setup, KEYS_OF_RUNS, path, "belongs to weights of a run", "")) {
      return Optional.empty();
    }
    ModuleSettings module =
        new ModuleSettings(settings.from(), settings.takes(), settings.gives(), settings.sha256());
    return moduleReader(path, frozenLayers)
        .read(module, setup.entry(NetworkChoice.FROM).orElseThrow().position())
        .map(file -> choice(entry, file, Optional.empty(), settings, frozenLayers));
  }

  private ModuleReader moduleReader(String path, int frozenLayers) {
    return new ModuleReader(path, frozenLayers != NetworkSetup.ALL_LAYERS, problems);
  }

  /** Reads an architecture: a module, or a component. */
  private Optional<NetworkArchitecture> architecture(
      String key, YamlValue value, int frozenLayers) {
    String path = RecipeFormat.NETWORKS + "." + key;
    return ModuleReader.isModule(value)
        ? moduleReader(path, frozenLayers).read(value).map(NetworkArchitecture.class::cast)
        : resolver.resolveNetwork(key, value, path).map(ComponentArchitecture::new);
  }

  /** Adds a problem if one of some keys is written. */
  private boolean refusesKeys(
      Mapping setup, List<String> keys, String path, String reason, String fix) {
    for (String key : keys) {
      if (setup.entry(key).isPresent()) {
        problems.add(
            setup.entry(key).get().position(),
            "%s %s, and %s has none."
                .formatted(MessageText.quoted(path + "." + key), reason, MessageText.quoted(path)),
            fix + "Remove " + MessageText.quoted(key) + ".");
        return true;
      }
    }
    return false;
  }

  private boolean hasMisspelledKey(String path, Optional<YamlValue> named) {
    if (!(named.orElse(null) instanceof Mapping mapping) || mapping.entries().size() < 2) {
      return false;
    }
    for (MappingEntry entry : mapping.entries()) {
      Optional<String> meant = NearestName.find(entry.key(), NetworkChoice.KEYS);
      if (meant.isPresent()) {
        problems.add(
            entry.position(),
            "%s has no key %s."
                .formatted(MessageText.quoted(path), MessageText.quoted(entry.key())),
            NearestName.suggestion(entry.key(), NetworkChoice.KEYS)
                + "Next to the architecture, its keys are "
                + MessageText.quoted(NetworkChoice.KEYS, "and")
                + ".");
        return true;
      }
    }
    return false;
  }

  /** Returns where the network is written. */
  private static SourcePosition position(MappingEntry entry) {
    return entry.value() instanceof Mapping mapping && !mapping.entries().isEmpty()
        ? mapping.entries().get(0).position()
        : entry.value().position();
  }

  private static NetworkChoice choice(
      MappingEntry entry,
      NetworkArchitecture architecture,
      Optional<StoredWeights> weights,
      NetworkSettings settings,
      int frozenLayers) {
    return new NetworkChoice(
        position(entry),
        architecture,
        weights,
        frozenLayers,
        settings.rate(),
        settings.slowLayers());
  }

  private Optional<NetworkChoice> untrained(
      MappingEntry entry,
      Optional<YamlValue> named,
      Mapping setup,
      NetworkSettings settings,
      int frozenLayers) {
    String path = RecipeFormat.NETWORKS + "." + entry.key();
    for (String key : KEYS_OF_WEIGHTS) {
      if (setup.entry(key).isPresent()) {
        problems.add(
            setup.entry(key).get().position(),
            "%s says which weights to take, but %s names no run or file."
                .formatted(MessageText.quoted(path + "." + key), MessageText.quoted(path)),
            "Add 'from: RUN', or remove " + MessageText.quoted(key) + ".");
        return Optional.empty();
      }
    }
    if (named.isEmpty()) {
      problems.add(
          entry.position(),
          MessageText.quoted(path) + " names neither an architecture nor trained weights.",
          "Write '{NAME: {...}, freeze: true}' or '{from: RUN, freeze: true}'.");
      return Optional.empty();
    }
    return architecture(entry.key(), named.get(), frozenLayers)
        .map(a -> choice(entry, a, Optional.empty(), settings, frozenLayers));
  }

  private Optional<NetworkChoice> trained(
      MappingEntry entry,
      Optional<YamlValue> named,
      Mapping setup,
      NetworkSettings settings,
      int frozenLayers) {
    String path = RecipeFormat.NETWORKS + "." + entry.key();
    String role = settings.role().isEmpty() ? entry.key() : settings.role();
    SourcePosition position = setup.entry(NetworkChoice.FROM).orElseThrow().position();
    WeightFinder finder = new WeightFinder(settings, role, path, position, problems);
    Optional<YamlValue> frozenModule = named.isEmpty() ? finder.frozenModule() : Optional.empty();
    if (frozenModule.isPresent()) {
      return architecture(entry.key(), frozenModule.get(), frozenLayers)
          .map(a -> choice(entry, a, Optional.empty(), settings, frozenLayers));
    }
    Optional<StoredWeights> weights = finder.find();
    if (weights.isEmpty()) {
      return Optional.empty();
    }
    return named
        .or(() -> finder.recordedArchitecture(weights.get().file()))
        .flatMap(value -> architecture(entry.key(), value, frozenLayers))
        .map(a -> choice(entry, a, weights, settings, frozenLayers));
  }

  /** Reads how many layers are frozen; empty if there was a problem. */
  private OptionalInt frozenLayers(Optional<YamlValue> written, String path) {
    if (written.isEmpty()) {
      return OptionalInt.of(0);
    }
    if (written.get() instanceof Scalar scalar && scalar.plain()) {
      if (scalar.text().equals("true")) {
        return OptionalInt.of(NetworkSetup.ALL_LAYERS);
      } else if (scalar.text().equals("false")) {
        return OptionalInt.of(0);
      } else if (scalar.text().matches("\\d{1,6}")) {
        return OptionalInt.of(Integer.parseInt(scalar.text()));
      }
    }
    problems.addUnexpected(
        written.get().position(),
        MessageText.quoted(path + "." + NetworkChoice.FREEZE) + " expects",
        "true, false or a number of layers",
        written.get().description(),
        "A number freezes the first layers of the network.");
    return OptionalInt.empty();
  }
}
