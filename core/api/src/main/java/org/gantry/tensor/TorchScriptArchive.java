package org.gantry.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source into the archive that libtorch loads: a stored zip of the code, a pickle
 * that instantiates its one class, and an empty table of constants.
 */
final class TorchScriptArchive {

  private static final String CLASS =
      """
      class Kernel(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  /** Pickle, protocol 2: {@code Kernel.__new__()} with the state {@code {"training": True}}. */
  private static final byte[] OBJECT =
      "\u0080\2c__torch__\nKernel\nq\0)\u0081}X\10\0\0\0trainingq\1\u0088sb."
          .getBytes(StandardCharsets.ISO_8859_1);

  /** Pickle, protocol 2: the empty tuple. */
  private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  private TorchScriptArchive() {}

  static byte[] of(String source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      String code = CLASS + source.strip().indent(2).replace("(self,", "(self: __torch__.Kernel,");
      store(zip, "kernel/data.pkl", OBJECT);
      store(zip, "kernel/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
      store(zip, "kernel/constants.pkl", NO_CONSTANTS);
      store(zip, "kernel/version", "3\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
