package org.gantry.runs.modules;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.gantry.data.MixtureDataset;

/**
 * The modes of a mixture, as an exported module records them.
 *
 * @param centres the centres of the modes
 * @param standardDeviation the standard deviation of every mode
 */
public record RecordedMixture(List<double[]> centres, double standardDeviation)
    implements MixtureDataset {

  /** Copies the list. */
  public RecordedMixture {
    centres = List.copyOf(centres);
  }

  /** Formats a mixture: a line with the standard deviation, then one with each mode's centre. */
  static String format(MixtureDataset mixture) {
    return mixture.centres().stream()
        .map(
            c ->
                Arrays.stream(c).mapToObj(Double::toString).collect(Collectors.joining(" ")) + "\n")
        .collect(Collectors.joining("", mixture.standardDeviation() + "\n", ""));
  }

  /**
   * Parses the text of {@link #format}.
   *
   * @throws NumberFormatException if the text contains anything but numbers
   */
  static RecordedMixture parse(String text) {
    List<double[]> lines =
        text.lines()
            .map(l -> Arrays.stream(l.split(" ", -1)).mapToDouble(Double::parseDouble).toArray())
            .toList();
    if (lines.isEmpty()) {
      throw new NumberFormatException("the mixture has no standard deviation");
    }
    return new RecordedMixture(lines.subList(1, lines.size()), lines.get(0)[0]);
  }
}
