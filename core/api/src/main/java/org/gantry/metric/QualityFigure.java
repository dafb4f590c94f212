package org.gantry.metric;

/**
 * A figure that says how good samples are, so that trainings can be ranked by it.
 *
 * @param name its name in the result of {@link Metric#evaluate}
 * @param higherIsBetter whether higher values are better; otherwise lower ones are
 */
public record QualityFigure(String name, boolean higherIsBetter) {

  /** A figure whose higher values are better. */
  public static QualityFigure higher(String name) {
    return new QualityFigure(name, true);
  }

  /** A figure whose lower values are better. */
  public static QualityFigure lower(String name) {
    return new QualityFigure(name, false);
  }
}
