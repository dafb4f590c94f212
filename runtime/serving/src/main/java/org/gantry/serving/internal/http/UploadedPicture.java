package org.gantry.serving.internal.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.data.DatasetField;
import org.gantry.data.FileDataset;
import org.gantry.data.IndexedDataset;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.Recipes;
import org.gantry.runs.RunException;
import org.gantry.runs.samples.UnusableInputException;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.runs.translation.UserPictures;

/**
 * A picture in a temporary file. It is decoded as the command line decodes the files of its user.
 *
 * @param file the file
 * @param argument what the request calls it, for messages
 * @param recipes creates the data set that decodes it
 * @param mostPixels the most pixels
 */
record UploadedPicture(Path file, String argument, Recipes recipes, int mostPixels)
    implements AutoCloseable {

  private static final Map<String, String> ENDINGS =
      Map.of(
          "image/png", ".png",
          "image/jpeg", ".jpg",
          "image/gif", ".gif",
          "image/bmp", ".bmp",
          "image/tiff", ".tif",
          "image/webp", ".webp");

  private static final String NAME = "the picture";

  /** The size of a picture. */
  record PictureSize(int width, int height) {

    int pixels() {
      return width * height;
    }
  }

  /**
   * Receives the body of a request.
   *
   * @throws RefusalException if it is not a picture by its type, or too long
   */
  static UploadedPicture receive(
      ApiRequest request, long mostBytes, int mostPixels, Recipes recipes) {
    String ending = ENDINGS.get(request.contentType());
    if (ending == null) {
      throw new RefusalException(
          RefusalException.WRONG_TYPE,
          request.contentType().isEmpty()
              ? "the request does not state the type of its body"
              : "the type %s is not that of a picture".formatted(request.contentType()),
          "Send the file itself as the body, with its type: image/png, image/jpeg, image/gif,"
              + " image/bmp, image/tiff or image/webp.");
    }
    return create(
        ending,
        "the body",
        mostPixels,
        recipes,
        f -> RequestBody.copy(request.body(), mostBytes, f));
  }

  /**
   * Decodes a picture within JSON.
   *
   * @param argument what the request calls it, for messages
   * @param text the picture in base 64
   */
  static UploadedPicture ofText(String text, String argument, int mostPixels, Recipes recipes) {
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(text.replaceFirst("^data:[^,]*,", ""));
    } catch (IllegalArgumentException e) {
      throw RefusalException.wrong(argument + ": expected a picture in base 64", "");
    }
    if (bytes.length == 0) {
      throw RefusalException.wrong(argument + ": expected a picture in base 64", "");
    }
    return create(".png", argument, mostPixels, recipes, file -> Files.write(file, bytes));
  }

  private interface FileWriter {
    void write(Path file) throws IOException;
  }

  private static UploadedPicture create(
      String ending, String argument, int mostPixels, Recipes recipes, FileWriter content) {
    Path file = null;
    try {
      file = Files.createTempFile("gantry-upload-", ending).toRealPath();
      content.write(file);
      return new UploadedPicture(file, argument, recipes, mostPixels);
    } catch (IOException e) {
      delete(file);
      throw new RunException("cannot store a picture: " + ErrorText.of(e), e);
    } catch (RuntimeException e) {
      delete(file);
      throw e;
    }
  }

  /**
   * Reads the size from the header of the picture.
   *
   * @param field what the picture becomes: its channels and its range count
   * @throws UnusableInputException if it is not a picture
   * @throws RefusalException if it has too many pixels
   */
  PictureSize size(DatasetField field) {
    return naming(
        () -> {
          IndexedDataset found = pictures(field, field.shape().get(1), field.shape().get(2));
          FoundPicture picture = ((FileDataset) found).inventory().pictures().get(0);
          long pixels = (long) picture.width() * picture.height();
          if (pixels > mostPixels) {
            throw new RefusalException(
                RefusalException.TOO_LARGE,
                String.format(
                    Locale.ROOT,
                    "%s: the picture has %d x %d pixels, and at most %,d in all are allowed",
                    argument,
                    picture.width(),
                    picture.height(),
                    mostPixels),
                "Scale it down.");
          }
          return new PictureSize(picture.width(), picture.height());
        });
  }

  /**
   * Reads the picture in a size, to which one of another size is cropped and scaled.
   *
   * @return values with the channels and in the range of the field
   */
  ImagePixels read(DatasetField field, int height, int width) {
    return naming(
        () -> {
          float[] values = source(field).read(pictures(field, height, width), 0);
          return new ImagePixels(Math.toIntExact(field.shape().get(0)), height, width, values);
        });
  }

  /** Reads the picture in the size of a field. */
  List<float[]> read(DatasetField field) {
    size(field);
    return List.of(
        read(field, Math.toIntExact(field.shape().get(1)), Math.toIntExact(field.shape().get(2)))
            .values());
  }

  private UserPictures source(DatasetField field) {
    return new UserPictures(argument, field, recipes);
  }

  private IndexedDataset pictures(DatasetField field, long height, long width) {
    return source(field).open(file, height, width);
  }

  private interface UploadReader<T> {
    T read();
  }

  /** Names the picture in place of the temporary file, of which the sender does not know. */
  private <T> T naming(UploadReader<T> reader) {
    try {
      return reader.read();
    } catch (UnusableInputException e) {
      throw new UnusableInputException(
          e.getMessage()
              .replace(file.toString(), NAME)
              .replace(file.getFileName().toString(), NAME),
          "Send a picture, such as a PNG or JPEG.",
          e);
    }
  }

  private static void delete(Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // A file that stays in the temporary folder is not worth a failed request.
        return;
      }
    }
  }

  @Override
  public void close() {
    delete(file);
  }
}
