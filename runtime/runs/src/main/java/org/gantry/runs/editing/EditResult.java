package org.gantry.runs.editing;

import java.util.List;

/**
 * What an edit found.
 *
 * @param start the picture before the edit
 * @param results at least one, the best first
 */
public record EditResult(EditedSample start, List<EditedSample> results) {

  /** Copies the list. */
  public EditResult {
    results = List.copyOf(results);
  }

  /** Returns the best result. */
  public EditedSample best() {
    return results.get(0);
  }
}
