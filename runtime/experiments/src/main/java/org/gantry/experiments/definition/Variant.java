package org.gantry.experiments.definition;

import java.util.List;
import java.util.Optional;

/**
 * A method that an experiment compares with others.
 *
 * @param label its name in tables and claims
 * @param points the recipes to train under each seed; several for a grid of options
 * @param weightsOf the variant whose trained networks it evaluates, with another sampler or other
 *     metrics; empty for a variant that is trained
 */
public record Variant(String label, List<VariantPoint> points, Optional<String> weightsOf) {

  /** Copies the list. */
  public Variant {
    points = List.copyOf(points);
  }
}
