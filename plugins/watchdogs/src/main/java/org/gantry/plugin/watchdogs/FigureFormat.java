package org.gantry.plugin.watchdogs;

import java.util.Locale;

/** Formats values for the evidence of a finding. */
final class FigureFormat {

  private FigureFormat() {}

  /** Three significant digits. */
  static String of(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
