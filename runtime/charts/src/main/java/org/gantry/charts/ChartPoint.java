package org.gantry.charts;

/**
 * A point of a chart.
 *
 * @param x the horizontal value
 * @param y the vertical value
 */
public record ChartPoint(double x, double y) {}
