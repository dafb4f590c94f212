package org.gantry.recipes.internal.format;

import java.nio.file.Path;
import java.util.List;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;

/**
 * A TorchScript file that is a network of its own, as written in a recipe.
 *
 * @param file the file
 * @param takes the ports of the module's arguments, in order; empty for those that the file names
 * @param gives the ports of its results, in order; empty for those that the file names
 * @param sha256 the hash of the file; empty if it is not known
 */
public record ModuleSettings(
    @Description("the TorchScript module") Path file,
    @Description(ModuleSettings.TAKES) @DefaultValue("[]") List<String> takes,
    @Description(ModuleSettings.GIVES) @DefaultValue("[]") List<String> gives,
    @Description("the SHA-256 of the file; a resolved recipe states it") @DefaultValue("")
        String sha256) {

  static final String TAKES = "the ports of a module's arguments; by default those in the file";
  static final String GIVES = "the ports of a module's results; by default those in the file";

  /** Copies the lists. */
  public ModuleSettings {
    takes = List.copyOf(takes);
    gives = List.copyOf(gives);
  }
}
