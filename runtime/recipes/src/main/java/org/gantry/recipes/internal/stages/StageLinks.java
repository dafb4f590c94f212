package org.gantry.recipes.internal.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.gantry.recipes.internal.format.NetworkChoice;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlWriter;

/**
 * The networks of a stage that are taken from earlier stages: those whose {@code from} names one.
 *
 * @param stage the stage
 * @param earlier the names of the earlier stages
 */
record StageLinks(StageText stage, List<String> earlier) {

  private static final Set<String> OF_WEIGHTS =
      Set.of(NetworkChoice.FROM, NetworkChoice.ROLE, NetworkChoice.WEIGHTS, NetworkChoice.SHA256);

  /** Returns the earlier stages whose networks the stage takes. */
  Set<String> sources() {
    return networks().entries().stream()
        .flatMap(entry -> source(entry.value()).stream())
        .collect(Collectors.toSet());
  }

  /** Refuses networks from the stage itself or from a later one. */
  void refuseLaterStages(List<String> later, ProblemCollector problems) {
    for (MappingEntry network : networks().entries()) {
      Optional<Scalar> from = from(network.value());
      if (from.isPresent() && later.contains(from.get().text())) {
        problems.add(
            from.get().position(),
            "%s cannot be from %s, which is not an earlier stage."
                .formatted(
                    MessageText.quoted(RecipeFormat.NETWORKS + "." + network.key()),
                    MessageText.quoted(from.get().text())),
            earlier.isEmpty()
                ? "This is the first stage."
                : "Earlier stages: " + MessageText.quoted(earlier, "and") + ".");
      }
    }
  }

  /**
   * Returns the recipe of the stage with the runs of the earlier stages in place of their names.
   */
  Mapping trained(Path runs) {
    return withNetworks(
        (network, name) -> {
          Mapping setup = (Mapping) network.value();
          SourcePosition position = from(setup).orElseThrow().position();
          String run = runs.resolve(name).toAbsolutePath().normalize().toString();
          return setup.with(NetworkChoice.FROM, new Scalar(run, false, position));
        });
  }

  /**
   * Returns the recipe of the stage with untrained networks of the same architectures.
   *
   * @param resolved the resolved recipes of the earlier stages, by name
   * @param problems receives a problem for each network that an earlier stage does not have
   */
  Mapping untrained(Map<String, Mapping> resolved, ProblemCollector problems) {
    return withNetworks(
        (network, name) -> {
          Mapping rest = setup(network.value(), false);
          Optional<YamlValue> architecture =
              NetworkChoice.architectureOf(network.value())
                  .or(() -> architecture(network, resolved.get(name), problems));
          return rest.entries().isEmpty() && architecture.isPresent()
              ? architecture.get()
              : NetworkChoice.joined(architecture, rest);
        });
  }

  /** Returns the architecture that the network has in an earlier stage. */
  private Optional<YamlValue> architecture(
      MappingEntry network, Mapping resolved, ProblemCollector problems) {
    SourcePosition position = from(network.value()).orElseThrow().position();
    String role = role(network);
    Mapping networks = networksOf(resolved);
    Optional<YamlValue> written =
        NetworkChoice.inNetworks(networks, role).flatMap(NetworkChoice::architectureOf);
    if (written.isEmpty()) {
      problems.add(
          position,
          "The stage %s has no network with the role %s."
              .formatted(
                  MessageText.quoted(source(network.value()).orElseThrow()),
                  MessageText.quoted(role)),
          NearestName.suggestion(role, networks.keys())
              + "Write 'role: ROLE'; it has "
              + MessageText.quoted(networks.keys(), "and")
              + ".");
      return Optional.empty();
    }
    // The text is not the user's, so problems in it are reported where the user names the stage.
    SourcePosition named = new SourcePosition(position.location(), 0, 0, position.folder());
    return YamlReader.read(YamlWriter.write(written.get()), named, problems);
  }

  /**
   * Returns a resolved recipe of the stage with its networks taken from the earlier stages again.
   *
   * @param resolved the resolved recipe of {@link #untrained} or {@link #trained}
   */
  Mapping linked(Mapping resolved) {
    Mapping networks = networksOf(resolved);
    for (MappingEntry network : networks().entries()) {
      if (source(network.value()).isPresent() && networks.entry(network.key()).isPresent()) {
        networks =
            networks.with(
                network.key(), linked(network.value(), networks.get(network.key()).orElseThrow()));
      }
    }
    return resolved.with(RecipeFormat.NETWORKS, networks);
  }

  private static YamlValue linked(YamlValue written, YamlValue resolved) {
    Mapping setup = setup(written, true);
    for (MappingEntry entry : setup(resolved, false).entries()) {
      setup = setup.with(entry.key(), entry.value());
    }
    return NetworkChoice.joined(NetworkChoice.architectureOf(resolved), setup);
  }

  /** Returns what is written next to an architecture: which weights it takes, or the rest. */
  private static Mapping setup(YamlValue network, boolean ofWeights) {
    Mapping setup = NetworkChoice.setupOf(network);
    return new Mapping(
        setup.entries().stream()
            .filter(entry -> OF_WEIGHTS.contains(entry.key()) == ofWeights)
            .toList(),
        setup.position());
  }

  private Mapping withNetworks(BiFunction<MappingEntry, String, YamlValue> replacement) {
    Mapping networks = networks();
    if (sources().isEmpty()) {
      return stage.recipe();
    }
    List<MappingEntry> replaced =
        networks.entries().stream()
            .map(
                entry ->
                    source(entry.value())
                        .map(name -> replacement.apply(entry, name))
                        .map(value -> new MappingEntry(entry.key(), entry.position(), value))
                        .orElse(entry))
            .toList();
    List<MappingEntry> entries =
        stage.recipe().entries().stream()
            .map(
                entry ->
                    entry.key().equals(RecipeFormat.NETWORKS)
                        ? new MappingEntry(
                            entry.key(),
                            entry.position(),
                            new Mapping(replaced, networks.position()))
                        : entry)
            .toList();
    return new Mapping(entries, stage.recipe().position());
  }

  private Mapping networks() {
    return networksOf(stage.recipe());
  }

  private static Mapping networksOf(Mapping recipe) {
    return recipe.get(RecipeFormat.NETWORKS).orElse(null) instanceof Mapping networks
        ? networks
        : Mapping.empty(recipe.position());
  }

  private Optional<String> source(YamlValue network) {
    return from(network).map(Scalar::text).filter(earlier::contains);
  }

  private static Optional<Scalar> from(YamlValue network) {
    return NetworkChoice.setupOf(network)
        .get(NetworkChoice.FROM)
        .filter(Scalar.class::isInstance)
        .map(Scalar.class::cast);
  }

  private static String role(MappingEntry network) {
    return NetworkChoice.setupOf(network.value())
        .get(NetworkChoice.ROLE)
        .filter(Scalar.class::isInstance)
        .map(role -> ((Scalar) role).text())
        .orElse(network.key());
  }
}
