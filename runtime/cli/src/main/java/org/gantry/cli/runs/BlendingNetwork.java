package org.gantry.cli.runs;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.runs.training.TrainedRun;
import org.gantry.runs.translation.PictureTranslator;
import org.gantry.runs.translation.TranslationUses;
import org.gantry.sampler.ModelUse;

/**
 * The network of a run that makes a blended picture of a pasted one.
 *
 * @param run the folder of the run, for messages
 */
record BlendingNetwork(Path run, TrainedRun trained) {

  /** The field of pastes in the data set of the bundled recipes. */
  private static final String PASTED = "pasted";

  /**
   * Prepares the network.
   *
   * @param manager owns its results
   * @throws InvalidInputException if the run does not make a picture of one of the same size
   */
  PictureTranslator open(NDManager manager, Console console) {
    List<ModelUse> uses =
        TranslationUses.of(trained.uses()).stream()
            .filter(
                use ->
                    TranslationUses.picture(use)
                        .orElseThrow()
                        .field()
                        .shape()
                        .equals(use.output().shape()))
            .toList();
    if (uses.size() != 1) {
      throw new InvalidInputException(
          "--with %s: this is not the run of a blending network, which makes a picture of a pasted picture; its topology is %s"
              .formatted(run, trained.composed().graph().composition().topology().origin().name()),
          "Train one, such as with 'gantry train faces-blended'.");
    }
    String given = TranslationUses.picture(uses.get(0)).orElseThrow().name();
    if (!given.equals(PASTED)) {
      console
          .err()
          .printf(
              "note: the network was trained on the field '%s'; a blending network is trained on"
                  + " pasted pictures%n",
              given);
    }
    if (uses.get(0).output().shape().get(0) == 1) {
      console
          .err()
          .println("note: the network was trained on grey pictures, so the result is grey");
    }
    long seed = trained.composed().settings().seed();
    return new PictureTranslator(
        trained.trainedModel(manager, seed), uses.get(0), Integer.MAX_VALUE);
  }
}
