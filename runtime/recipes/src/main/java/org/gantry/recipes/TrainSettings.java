package org.gantry.recipes;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.gantry.component.Default;
import org.gantry.component.Doc;

/** The part of a recipe under {@code train}. */
public record TrainSettings(
    @Doc("how many steps to train") @Default("1000") @Positive long steps,
    @Doc("samples in a batch") @Default("64") @Positive int batch,
    @Doc("seed of everything random") @Default("1") long seed,
    @Doc("write a picture of samples every so many steps; 0 for the end only")
        @Default("500")
        @PositiveOrZero
        long sampleEvery,
    @Doc("write metrics to the run's history every so many steps") @Default("10") @Positive
        long logEvery,
    @Doc("save a checkpoint every so many steps; 0 for the end only")
        @Default("1000")
        @PositiveOrZero
        long checkpointEvery,
    @Doc("checkpoints to keep, the latest first") @Default("2") @Positive int keep,
    @Doc("samples to judge in an evaluation") @Default("2500") @Positive int evaluate,
    @Doc("threads of the engine; 0 to choose by the size of the networks")
        @Default("0")
        @PositiveOrZero
        int threads,
    @Doc("let watchdogs look at samples every so many steps; 0 for never")
        @Default("200")
        @PositiveOrZero
        long watchEvery,
    @Doc(
            "a reported value, such as convergence, whose best checkpoint is kept, too; empty for"
                + " none")
        @Default("")
        String keepBest,
    @Doc("which is best: the lowest or the highest mean since the checkpoint before")
        @Default("lowest")
        BestDirection best) {

  /** An end of a range of values. */
  public enum BestDirection {
    /** The least. */
    LOWEST,
    /** The greatest. */
    HIGHEST
  }

  /** Settings with the usual looks at samples, and with no best checkpoint. */
  public TrainSettings(
      long steps,
      int batch,
      long seed,
      long sampleEvery,
      long logEvery,
      long checkpointEvery,
      int keep,
      int evaluate,
      int threads) {
    this(
        steps,
        batch,
        seed,
        sampleEvery,
        logEvery,
        checkpointEvery,
        keep,
        evaluate,
        threads,
        200,
        "",
        BestDirection.LOWEST);
  }
}
