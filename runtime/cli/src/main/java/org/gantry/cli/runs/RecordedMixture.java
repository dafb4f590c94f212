package org.gantry.cli.runs;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.gantry.data.MixtureDataset;

/**
 * The modes of a data set as a file outside of any run remembers them.
 *
 * @param centres their centres
 * @param standardDeviation the standard deviation of each
 */
record RecordedMixture(List<double[]> centres, double standardDeviation) implements MixtureDataset {

  public RecordedMixture {
    centres = List.copyOf(centres);
  }

  /** A mixture in lines: the deviation, then the coordinates of a centre each. */
  static String text(MixtureDataset mixture) {
    return mixture.centres().stream()
        .map(
            c ->
                Arrays.stream(c).mapToObj(Double::toString).collect(Collectors.joining(" ")) + "\n")
        .collect(Collectors.joining("", mixture.standardDeviation() + "\n", ""));
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws NumberFormatException if there is something else than numbers
   */
  static RecordedMixture of(String text) {
    List<double[]> lines =
        text.lines()
            .map(l -> Arrays.stream(l.split(" ", -1)).mapToDouble(Double::parseDouble).toArray())
            .toList();
    if (lines.isEmpty()) {
      throw new NumberFormatException("a mixture without a deviation");
    }
    return new RecordedMixture(lines.subList(1, lines.size()), lines.get(0)[0]);
  }
}
