package org.gantry.constraint;

import java.nio.file.Path;

/** Reads picture files of constraints. */
@FunctionalInterface
public interface PictureReader {

  /**
   * Reads a picture in the size of the generator's pictures. It is cropped and scaled as the edited
   * picture is.
   *
   * @param channels 1 for grey, 3 for red, green and blue
   * @return values from 0 to 1 in the order (channel, row, column)
   * @throws org.gantry.component.UnusableComponentException if the file cannot be read, or has
   *     another size than the edited picture
   */
  float[] read(Path file, int channels);
}
