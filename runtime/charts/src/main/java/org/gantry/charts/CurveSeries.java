package org.gantry.charts;

import java.util.List;

/**
 * The curves of trainings that a chart shows as one series.
 *
 * @param name the label in the legend
 * @param curves one for each training; points in the order of their steps
 */
public record CurveSeries(String name, List<List<ChartPoint>> curves) {

  /** Copies the lists. */
  public CurveSeries {
    curves = curves.stream().map(List::copyOf).toList();
  }
}
