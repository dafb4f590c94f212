package org.gantry.experiments;

import java.util.List;

/**
 * One of the things that an experiment compares.
 *
 * @param label its name in tables and claims
 * @param points one for each training under a seed; several where options are swept over a grid
 */
public record Variant(String label, List<VariantPoint> points) {

  /** Copies the list. */
  public Variant {
    points = List.copyOf(points);
  }
}
