package org.gantry.runs.samples;

import java.util.List;
import org.gantry.data.DatasetField;

/** Reads the pictures that an argument states, in the size of a field. */
@FunctionalInterface
public interface GivenPicture {

  /**
   * Reads the pictures.
   *
   * @param field the field, whose shape is (channels, height, width)
   * @param argument the argument with its value, for messages
   * @param text the value, such as the name of a file
   * @return at least one picture, with values in the range of the field
   * @throws UnusableInputException if none can be read
   */
  List<float[]> read(DatasetField field, String argument, String text);
}
