package org.gantry.charts;

/**
 * A labelled value of an axis.
 *
 * @param value the value
 * @param label the text that the chart shows at the value
 */
public record AxisTick(double value, String label) {}
