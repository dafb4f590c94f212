package org.gantry.recipes.internal.format;

import java.util.List;
import java.util.stream.Stream;
import org.gantry.architecture.Architecture;
import org.gantry.export.ModuleArchitecture;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.internal.options.OptionWriter;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;

/**
 * A TorchScript file that is a network of its own.
 *
 * @param settings the file with its hash and ports
 * @param module the checked module
 * @param position where the recipe names the file
 */
public record ModuleFile(
    ModuleSettings settings, ModuleArchitecture module, SourcePosition position)
    implements NetworkArchitecture {

  /** The key of a resolved recipe, and what messages call the kind of such an architecture. */
  public static final String KEY = "module";

  static final String SUFFIX = ".pt";

  private static final int SHOWN_DIGITS = 12;

  /**
   * Returns the architecture, which the version in messages and drawings identifies by its hash.
   */
  public BoundComponent<Architecture> bound() {
    return new BoundComponent<>(
        module,
        new ComponentOrigin(
            KEY,
            settings.file().getFileName().toString(),
            settings.sha256().substring(0, SHOWN_DIGITS),
            settings.file().toString(),
            module.ports().takes(),
            module.ports().gives(),
            position.location()));
  }

  @Override
  public Stream<ComponentChoice> components() {
    return Stream.of();
  }

  @Override
  public YamlValue toYaml(OptionWriter writer) {
    return new Mapping(List.of(), position).with(KEY, writer.write(settings));
  }
}
