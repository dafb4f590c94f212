package org.gantry.constraint;

/**
 * Where the picture of a generator lies within the picture that the user sees. The user's picture
 * is cropped to a part, which is scaled to the size of the generator's pictures. All numbers are
 * pixels.
 *
 * @param width the width of the user's picture
 * @param height the height of the user's picture
 * @param left the columns left of the part
 * @param top the rows above the part
 * @param partWidth the width of the part
 * @param partHeight the height of the part
 */
public record PictureFrame(
    int width, int height, int left, int top, int partWidth, int partHeight) {

  /** Checks that the part is not empty and lies within the picture. */
  public PictureFrame {
    if (partWidth < 1
        || partHeight < 1
        || left < 0
        || top < 0
        || left + partWidth > width
        || top + partHeight > height) {
      throw new IllegalArgumentException(
          "a part of %d x %d at (%d, %d) in %d x %d"
              .formatted(partWidth, partHeight, left, top, width, height));
    }
  }

  /** Returns the frame of a picture that is not cropped. */
  public static PictureFrame whole(int width, int height) {
    return new PictureFrame(width, height, 0, 0, width, height);
  }

  /**
   * Returns the frame of a picture whose middle is cut out: the largest part with the ratio of the
   * generator's pictures.
   *
   * @param width the width of the user's picture
   * @param height the height of the user's picture
   * @param ratioWidth the width of the generator's pictures
   * @param ratioHeight the height of the generator's pictures
   */
  public static PictureFrame centred(int width, int height, int ratioWidth, int ratioHeight) {
    long wide = height * (long) ratioWidth;
    long high = width * (long) ratioHeight;
    int partWidth =
        wide >= high ? width : (int) Math.max(1, Math.round(wide / (double) ratioHeight));
    int partHeight =
        high >= wide ? height : (int) Math.max(1, Math.round(high / (double) ratioWidth));
    return new PictureFrame(
        width, height, (width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight);
  }
}
