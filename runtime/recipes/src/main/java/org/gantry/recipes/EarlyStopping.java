package org.gantry.recipes;

import jakarta.validation.constraints.Positive;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.recipes.TrainSettings.BestDirection;

/** When a training stops because it no longer gets better. */
public record EarlyStopping(
    @Description(
            "figure of a metric, such as mode-coverage/modes, that must get better; empty to train"
                + " all steps")
        @DefaultValue("")
        String figure,
    @Description("which values of the figure are better: the lowest or the highest")
        @DefaultValue("lowest")
        BestDirection best,
    @Description("evaluations in a row without a better value after which the training stops")
        @DefaultValue("5")
        @Positive int patience) {

  /** Trains all steps. */
  public static final EarlyStopping NEVER = new EarlyStopping("", BestDirection.LOWEST, 5);

  /** Whether a figure is named. */
  public boolean isSet() {
    return !figure.isEmpty();
  }
}
