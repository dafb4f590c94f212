package org.gantry.cli.runs;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.runs.blending.BlendInput;
import org.gantry.runs.blending.OpaqueColours;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.runs.translation.UserPictures;

/**
 * Reads the pictures of a blend.
 *
 * @param foreground the text of {@code --foreground}
 * @param background the text of {@code --background}
 * @param mask the text of {@code --mask}; empty for what is opaque of the foreground
 * @param position the text of {@code --at}
 * @param services creates the data sets that decode pictures
 */
record BlendPictures(
    String foreground,
    String background,
    Optional<String> mask,
    String position,
    CommandServices services) {

  private static final Pattern POSITION =
      Pattern.compile("\\s*(-?\\d{1,6})\\s*,\\s*(-?\\d{1,6})\\s*");
  private static final int COLOURS = 3;

  /**
   * Reads the pictures.
   *
   * @param channels 1 for grey, 3 for colours
   * @return grey if everything is grey
   * @throws InvalidInputException if they cannot be read or do not fit together
   */
  BlendInput read(int channels) {
    Matcher place = POSITION.matcher(position);
    if (!place.matches()) {
      throw InvalidInputException.expecting(
          "--at " + position,
          "a column and a row of the background, such as 120,40",
          "They are the place of the foreground's upper left corner.");
    }
    int left = Integer.parseInt(place.group(1));
    int top = Integer.parseInt(place.group(2));
    ImagePixels front = pictures("--foreground", foreground, channels).readWhole(foreground);
    ImagePixels opaque = pictures("--foreground", foreground, 1).readOpacity(foreground);
    ImagePixels shape = shape(opaque);
    if (shape.width() != front.width() || shape.height() != front.height()) {
      throw new InvalidInputException(
          "--mask %s: the mask has %d x %d pixels and the foreground %d x %d"
              .formatted(
                  mask.orElseThrow(), shape.width(), shape.height(), front.width(), front.height()),
          "Draw the mask over the foreground, so that it has the same size.");
    }
    ImagePixels back = pictures("--background", background, channels).readWhole(background);
    requireInside(shape, back, left, top);
    if (!isFull(opaque)) {
      front = OpaqueColours.of(front, opaque);
    }
    if (isGrey(front) && isGrey(back)) {
      front = firstChannel(front);
      back = firstChannel(back);
    }
    return BlendInput.place(front, shape, back, left, top);
  }

  private UserPictures pictures(String option, String text, int channels) {
    DatasetField field =
        new DatasetField("picture", ValueType.IMAGE, new Shape(channels, 1, 1), 0, 1, List.of());
    return new UserPictures(option + " " + text, field, services.recipes());
  }

  /** The mask, of which transparent parts and those of the foreground are cut off. */
  private ImagePixels shape(ImagePixels opaque) {
    if (mask.isEmpty()) {
      if (isFull(opaque)) {
        throw new InvalidInputException(
            "--foreground %s: the picture has no transparent parts, so a mask has to say what of it is blended"
                .formatted(foreground),
            "Name a mask with --mask, or make transparent what does not belong to the part.");
      }
      return opaque;
    }
    UserPictures masks = pictures("--mask", mask.get(), 1);
    ImagePixels drawn = masks.readWhole(mask.get());
    multiply(drawn, masks.readOpacity(mask.get()));
    if (drawn.width() == opaque.width() && drawn.height() == opaque.height()) {
      multiply(drawn, opaque);
    }
    return drawn;
  }

  private static boolean isFull(ImagePixels opaque) {
    for (float value : opaque.values()) {
      if (value < 1) {
        return false;
      }
    }
    return true;
  }

  private static void multiply(ImagePixels picture, ImagePixels by) {
    for (int i = 0; i < picture.values().length; i++) {
      picture.values()[i] *= by.values()[i];
    }
  }

  /** Refuses a mask without white parts, or with white parts outside the background. */
  private void requireInside(ImagePixels shape, ImagePixels back, int left, int top) {
    int firstColumn = Integer.MAX_VALUE;
    int lastColumn = -1;
    int firstRow = Integer.MAX_VALUE;
    int lastRow = -1;
    for (int i = 0; i < shape.values().length; i++) {
      if (shape.values()[i] > 0) {
        firstColumn = Math.min(firstColumn, i % shape.width());
        lastColumn = Math.max(lastColumn, i % shape.width());
        firstRow = Math.min(firstRow, i / shape.width());
        lastRow = i / shape.width();
      }
    }
    if (lastRow < 0) {
      throw new InvalidInputException(
          mask.map(name -> "--mask %s: nothing is white".formatted(name))
              .orElse("--foreground %s: everything is transparent".formatted(foreground)),
          "White is what comes from the foreground, and black is what stays.");
    }
    if (left + firstColumn >= 0
        && top + firstRow >= 0
        && left + lastColumn < back.width()
        && top + lastRow < back.height()) {
      return;
    }
    int width = lastColumn - firstColumn + 1;
    int height = lastRow - firstRow + 1;
    boolean fits = width <= back.width() && height <= back.height();
    throw new InvalidInputException(
        "--at %s: what the mask keeps of the foreground, %d x %d pixels from %d,%d, is not inside the background of %d x %d"
            .formatted(
                position.strip(),
                width,
                height,
                left + firstColumn,
                top + firstRow,
                back.width(),
                back.height()),
        fits
            ? "The nearest place is --at %d,%d."
                .formatted(
                    Math.max(-firstColumn, Math.min(back.width() - 1 - lastColumn, left)),
                    Math.max(-firstRow, Math.min(back.height() - 1 - lastRow, top)))
            : "Scale the foreground and its mask down.");
  }

  private static boolean isGrey(ImagePixels picture) {
    int size = picture.width() * picture.height();
    for (int i = 0; picture.channels() == COLOURS && i < size; i++) {
      if (picture.values()[i] != picture.values()[size + i]
          || picture.values()[i] != picture.values()[2 * size + i]) {
        return false;
      }
    }
    return true;
  }

  private static ImagePixels firstChannel(ImagePixels picture) {
    int size = picture.width() * picture.height();
    return picture.channels() == 1
        ? picture
        : new ImagePixels(
            1, picture.height(), picture.width(), Arrays.copyOf(picture.values(), size));
  }
}
