package org.gantry.recipes.internal.format;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gantry.recipes.internal.options.OptionWriter;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.training.NetworkSetup;

/**
 * A network of a recipe: its architecture, and how it starts and trains.
 *
 * @param position where its role is written
 * @param architecture the architecture
 * @param weights the weights that it starts from; empty for its initial weights
 * @param frozenLayers how many of the first layers keep their weights
 * @param rate the factor of the learning rate
 * @param slowLayers how many of the first layers have that factor; 0 for all
 */
public record NetworkChoice(
    SourcePosition position,
    NetworkArchitecture architecture,
    Optional<StoredWeights> weights,
    int frozenLayers,
    double rate,
    int slowLayers) {

  public static final String FROM = "from";
  public static final String ROLE = "role";
  public static final String WEIGHTS = "weights";
  public static final String FREEZE = "freeze";
  public static final String RATE = "rate";
  public static final String SLOW_LAYERS = "slow-layers";
  public static final String TAKES = "takes";
  public static final String GIVES = "gives";
  public static final String SHA256 = "sha256";

  /** The keys next to the name of an architecture. */
  public static final List<String> KEYS =
      List.of(FROM, ROLE, WEIGHTS, FREEZE, RATE, SLOW_LAYERS, TAKES, GIVES, SHA256);

  /** Returns the part of a written network that names its architecture, if it names one. */
  public static Optional<YamlValue> architectureOf(YamlValue network) {
    if (!(network instanceof Mapping mapping)) {
      return Optional.of(network);
    }
    List<MappingEntry> entries =
        mapping.entries().stream().filter(entry -> !KEYS.contains(entry.key())).toList();
    return entries.isEmpty() && !mapping.entries().isEmpty()
        ? Optional.empty()
        : Optional.of(new Mapping(entries, mapping.position()));
  }

  /** Returns the network that a recipe writes for a role: by the role, or by its kind. */
  public static Optional<YamlValue> inNetworks(Mapping networks, String role) {
    List<String> words = Arrays.asList(role.split("-"));
    return networks
        .get(role)
        .or(
            () ->
                RecipeFormat.ARCHITECTURES.stream()
                    .filter(words::contains)
                    .findFirst()
                    .flatMap(networks::get));
  }

  /** Returns the part of a written network that says how it starts and trains. */
  public static Mapping setupOf(YamlValue network) {
    return network instanceof Mapping mapping
        ? new Mapping(
            mapping.entries().stream().filter(entry -> KEYS.contains(entry.key())).toList(),
            mapping.position())
        : Mapping.empty(network.position());
  }

  /** Puts both parts of a network together. */
  public static Mapping joined(Optional<YamlValue> architecture, Mapping setup) {
    Mapping joined = Mapping.empty(setup.position());
    if (architecture.orElse(null) instanceof Mapping mapping) {
      joined = mapping;
    } else if (architecture.orElse(null) instanceof Scalar name && !name.isNull()) {
      joined = joined.with(name.text(), Mapping.empty(name.position()));
    }
    for (MappingEntry entry : setup.entries()) {
      joined = joined.with(entry.key(), entry.value());
    }
    return joined;
  }

  /** Whether the network starts and trains as usual. */
  public boolean isUsual() {
    return setup().equals(NetworkSetup.UNTRAINED);
  }

  /** Returns how the network starts and trains, for the composition. */
  public NetworkSetup setup() {
    return new NetworkSetup(
        weights.map(source -> source),
        frozenLayers,
        rate,
        slowLayers == 0 ? NetworkSetup.ALL_LAYERS : slowLayers);
  }

  /** Returns the network as a resolved recipe names it, with the file and hash of its weights. */
  YamlValue toYaml(OptionWriter writer) {
    YamlValue named = architecture.toYaml(writer);
    if (isUsual()) {
      return named;
    }
    Mapping setup = Mapping.empty(named.position());
    if (weights.isPresent()) {
      setup =
          setup
              .with(FROM, writer.text(weights.get().file().toString()))
              .with(WEIGHTS, writer.plain(weights.get().averaged() ? "average" : "live"))
              .with(SHA256, writer.text(weights.get().sha256()));
    }
    setup =
        setup
            .with(
                FREEZE,
                writer.plain(
                    frozenLayers == NetworkSetup.ALL_LAYERS
                        ? "true"
                        : Integer.toString(frozenLayers)))
            .with(RATE, writer.plain(OptionWriter.formatNumber(rate)))
            .with(SLOW_LAYERS, writer.plain(Integer.toString(slowLayers)));
    return joined(Optional.of(named), setup);
  }
}
