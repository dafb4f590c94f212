package org.gantry.plugin.imagefolder;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.gantry.data.DataInventory.OmittedFile;

/** The files below a folder. Links are followed, except those that lead back to a folder above. */
record FolderSource(Path folder, List<String> names, List<OmittedFile> omitted)
    implements PictureSource {

  static FolderSource of(Path folder) throws IOException {
    FileSorter sorter = new FileSorter();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new FolderVisitor(folder, sorter));
    return new FolderSource(folder, sorter.pictures(), sorter.omitted());
  }

  /** One picture alone. */
  static FolderSource ofFile(Path file) {
    Path absolute = file.toAbsolutePath();
    return new FolderSource(
        absolute.getParent(), List.of(absolute.getFileName().toString()), List.of());
  }

  /** A source with one picture of a folder. */
  static FolderSource ofPicture(Path picture) {
    return new FolderSource(
        picture.toAbsolutePath().getParent(), List.of(picture.getFileName().toString()), List.of());
  }

  /** Collects the files of a folder. */
  private static final class FolderVisitor extends SimpleFileVisitor<Path> {

    private final Path root;
    private final FileSorter sorter;

    FolderVisitor(Path root, FileSorter sorter) {
      this.root = root;
      this.sorter = sorter;
    }

    private String name(Path file) {
      return root.relativize(file).toString().replace(File.separatorChar, '/');
    }

    @Override
    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
      if (!visited.equals(root) && FileSorter.isHidden(visited.getFileName().toString())) {
        sorter.addHidden(name(visited));
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        sorter.add(name(file));
      } else if (attributes.isSymbolicLink()) {
        sorter.addUnreadable(name(file), "it is a link to a file that does not exist");
      } else {
        sorter.addUnreadable(name(file), "it is not a regular file");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(root)) {
        throw failure;
      } else if (!FileSorter.isHiddenPath(name(file))) {
        sorter.addUnreadable(name(file), reason(failure));
      }
      return FileVisitResult.CONTINUE;
    }

    private static String reason(IOException failure) {
      if (failure instanceof FileSystemLoopException) {
        return "it is a link to a folder above it";
      }
      return PictureFile.reason(failure);
    }
  }

  @Override
  public String label() {
    return folder.toString();
  }

  @Override
  public String place(String name) {
    return folder.resolve(name).toString();
  }

  @Override
  public String stamp(String name) throws IOException {
    return Long.toString(Files.size(folder.resolve(name)));
  }

  @Override
  public ImageInputStream open(String name) throws IOException {
    try {
      return new FileImageInputStream(folder.resolve(name).toFile());
    } catch (IOException e) {
      throw Files.exists(folder.resolve(name)) && !Files.isReadable(folder.resolve(name))
          ? new AccessDeniedException(place(name))
          : e;
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    Path file = folder.resolve(name);
    PictureLimits.requireAllowedFile(Files.size(file));
    return Files.readAllBytes(file);
  }
}
