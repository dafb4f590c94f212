package org.gantry.plugin.imagefolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DataInventory;
import org.gantry.data.PackedImages;
import org.gantry.plugin.imagefolder.ImageFolderDataset.Options;

/** The pictures of a data set as bytes. Reading is thread-safe. */
interface SampleBytes {

  /** Returns the files behind the samples, and the files left out. */
  DataInventory inventory();

  /** Returns one picture as unsigned bytes in the order (channel, row, column). */
  byte[] bytes(int index);

  /**
   * Returns the content of a file that is not a picture.
   *
   * @param name its path below the source, with slashes
   * @return empty if the source has no such file
   * @throws UnusableComponentException if the file cannot be read
   */
  default Optional<byte[]> otherFile(String name) {
    return Optional.empty();
  }

  /**
   * Opens what the options name.
   *
   * @throws UnusableComponentException if there is no picture, or a file cannot be used
   */
  static SampleBytes open(Options options) {
    Path path = options.path();
    try {
      if (Files.isDirectory(path)) {
        return DecodedPictures.open(FolderSource.of(path), options);
      } else if (!Files.exists(path)) {
        throw new UnusableComponentException(path + " does not exist; name a folder with images");
      } else if (PackedImages.isPacked(path)) {
        return PackedPictures.open(path, options);
      } else if (PictureFormat.isRead(path.getFileName().toString())) {
        return DecodedPictures.open(FolderSource.ofPicture(path), options);
      }
      return DecodedPictures.open(
          PictureFormat.isRead(path.getFileName().toString())
              ? FolderSource.ofFile(path)
              : ZipSource.of(path),
          options);
    } catch (ZipException e) {
      throw new UnusableComponentException(
          path
              + " is not a folder, a zip archive or a packed data set; name a folder with"
              + " images");
    } catch (IOException e) {
      throw new UnusableComponentException(path + " cannot be read: " + PictureFile.reason(e));
    }
  }
}
