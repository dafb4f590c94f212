package org.gantry.recipes;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.tensor.ComputeDevice;
import org.gantry.tensor.FloatPrecision;

/** The settings of a recipe under {@code train}. */
public record TrainSettings(
    @Description("how many steps to train") @DefaultValue("1000") @Positive long steps,
    @Description("samples in a batch") @DefaultValue("64") @Positive int batch,
    @Description("seed of all random draws") @DefaultValue("1") long seed,
    @Description("steps between sample pictures; 0 for one at the end")
        @DefaultValue("500")
        @PositiveOrZero long sampleEvery,
    @Description("steps between entries in the run's history") @DefaultValue("10") @Positive long logEvery,
    @Description("steps between checkpoints; 0 for one at the end")
        @DefaultValue("1000")
        @PositiveOrZero long checkpointEvery,
    @Description("number of latest checkpoints to keep") @DefaultValue("2") @Positive int keep,
    @Description("samples in an evaluation") @DefaultValue("2500") @Positive int evaluate,
    @Description("threads of the tensor engine; 0 to choose by the size of the networks")
        @DefaultValue("0")
        @PositiveOrZero @Max(MAX_THREADS) int threads,
    @Description(
            "where to compute: cpu, cuda:N, mps, or auto for the first device of CUDA if there is"
                + " one")
        @DefaultValue(ComputeDevice.AUTO)
        String device,
    @Description(
            "the numbers in which networks compute: float32, or bf16 on processors that have"
                + " instructions for it; weights stay in float32")
        @DefaultValue("float32")
        FloatPrecision precision,
    @Description("steps between watchdogs' checks of samples; 0 for never")
        @DefaultValue("200")
        @PositiveOrZero long watchEvery,
    @Description(
            "reported value, such as convergence, whose best checkpoint is also kept; empty for"
                + " none")
        @DefaultValue("")
        String keepBest,
    @Description("which mean since the previous checkpoint is best: the lowest or the highest")
        @DefaultValue("lowest")
        BestDirection best,
    @Description("steps between evaluations of the metrics during the training; 0 for none")
        @DefaultValue("0")
        @PositiveOrZero long evaluateEvery,
    @Description("samples in an evaluation during the training") @DefaultValue("500") @Positive int evaluateSamples,
    @Description("when to stop a training that no longer gets better") @DefaultValue("{}")
        EarlyStopping earlyStopping) {

  /** More threads than any machine for one training has cores; the engine starts each of them. */
  static final int MAX_THREADS = 256;

  /** Which values are better. */
  public enum BestDirection {
    /** Lower values. */
    LOWEST,
    /** Higher values. */
    HIGHEST
  }

  /** Creates settings with the defaults of everything that depends on values of the training. */
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
        ComputeDevice.AUTO,
        FloatPrecision.FLOAT32,
        200,
        "",
        BestDirection.LOWEST,
        0,
        500,
        EarlyStopping.NEVER);
  }
}
