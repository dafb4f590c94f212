package org.gantry.cli.runs;

/** How {@code project} finds a code. */
enum ProjectionWay {
  /** By a search from random codes. */
  SEARCH,
  /** By the predictor alone. */
  PREDICTOR,
  /** By a search from the predicted code and from random ones. */
  BOTH;

  /** Whether the predictor is asked. */
  boolean predicts() {
    return this != SEARCH;
  }
}
