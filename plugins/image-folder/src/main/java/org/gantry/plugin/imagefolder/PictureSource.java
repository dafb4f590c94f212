package org.gantry.plugin.imagefolder;

import java.io.IOException;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import org.gantry.data.DataInventory.OmittedFile;

/** The files below a folder or in an archive. Reading is thread-safe. */
interface PictureSource {

  /** Returns what is read, for messages. */
  String label();

  /** Returns the files that claim to be pictures, in the order of their names, with slashes. */
  List<String> names();

  /** Returns the other files. */
  List<OmittedFile> omitted();

  /** Returns where a file is, for messages. */
  String place(String name);

  /** Returns a text that differs if a file's content has another length. */
  String stamp(String name) throws IOException;

  /** Opens a file to read parts of it. */
  ImageInputStream open(String name) throws IOException;

  /** Reads a file. */
  byte[] read(String name) throws IOException;
}
