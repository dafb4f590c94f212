package org.gantry.experiments.definition;

import java.util.List;

/**
 * A method that an experiment compares with others.
 *
 * @param label its name in tables and claims
 * @param points the recipes to train under each seed; several for a grid of options
 */
public record Variant(String label, List<VariantPoint> points) {

  /** Copies the list. */
  public Variant {
    points = List.copyOf(points);
  }
}
