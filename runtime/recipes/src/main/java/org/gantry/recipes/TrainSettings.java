package org.gantry.recipes;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;

/** The part of a recipe under {@code train}. */
public record TrainSettings(
    @Description("how many steps to train") @DefaultValue("1000") @Positive long steps,
    @Description("samples in a batch") @DefaultValue("64") @Positive int batch,
    @Description("seed of everything random") @DefaultValue("1") long seed,
    @Description("write a picture of samples every so many steps; 0 for the end only")
        @DefaultValue("500")
        @PositiveOrZero
        long sampleEvery,
    @Description("write metrics to the run's history every so many steps")
        @DefaultValue("10")
        @Positive
        long logEvery,
    @Description("save a checkpoint every so many steps; 0 for the end only")
        @DefaultValue("1000")
        @PositiveOrZero
        long checkpointEvery,
    @Description("checkpoints to keep, the latest first") @DefaultValue("2") @Positive int keep,
    @Description("samples to judge in an evaluation") @DefaultValue("2500") @Positive int evaluate,
    @Description("threads of the engine; 0 to choose by the size of the networks")
        @DefaultValue("0")
        @PositiveOrZero
        int threads,
    @Description("let watchdogs look at samples every so many steps; 0 for never")
        @DefaultValue("200")
        @PositiveOrZero
        long watchEvery,
    @Description(
            "a reported value, such as convergence, whose best checkpoint is kept, too; empty for"
                + " none")
        @DefaultValue("")
        String keepBest,
    @Description("which is best: the lowest or the highest mean since the checkpoint before")
        @DefaultValue("lowest")
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
