package org.gantry.recipes.internal.format;

import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;
import java.util.List;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;

/**
 * How a network of a recipe starts and trains, as written next to its architecture.
 *
 * @param from a run, a checkpoint, a file of weights, or a module; empty for the initial weights
 * @param role the network's role in the run that the weights are from; empty for the same role
 * @param weights which of the weights to take
 * @param rate the factor of the learning rate
 * @param slowLayers how many of the first layers have that factor; 0 for all
 * @param takes the ports of a module's arguments, in order; empty for those that its file names
 * @param gives the ports of its results, in order; empty for those that its file names
 * @param sha256 the hash of the weights that a resolved recipe took; empty if it is not known
 */
public record NetworkSettings(
    @Description(
            "the run, checkpoint or .safetensors file whose weights it starts from, or its .pt")
        @DefaultValue("")
        Path from,
    @Description("its role in that run; by default the same role") @DefaultValue("") String role,
    @Description("whether to take the averaged weights, if there are any, or the last ones")
        @DefaultValue("average")
        WeightChoice weights,
    @Description("the factor of the learning rate") @DefaultValue("1") @PositiveOrZero double rate,
    @Description("how many of the first layers have this rate; 0 for all")
        @DefaultValue("0")
        @PositiveOrZero int slowLayers,
    @Description(ModuleSettings.TAKES) @DefaultValue("[]") List<String> takes,
    @Description(ModuleSettings.GIVES) @DefaultValue("[]") List<String> gives,
    @Description("the SHA-256 of the weights; a resolved recipe states it") @DefaultValue("")
        String sha256) {

  /** Copies the lists. */
  public NetworkSettings {
    takes = List.copyOf(takes);
    gives = List.copyOf(gives);
  }

  /** Which weights of a training to take. */
  public enum WeightChoice {
    /** The averages, where the training kept them. */
    AVERAGE,
    /** The weights after the last step. */
    LIVE
  }
}
