package org.gantry.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The archive that libtorch loads, an uncompressed zip file. It contains the TorchScript source of
 * one class, a pickle that creates one object of it, the bytes of the object's tensors, and extra
 * texts that libtorch ignores. The same content gives the same bytes.
 */
public final class ScriptArchive {

  /** The first version of libtorch's format with this layout. */
  private static final String VERSION = "3\n";

  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;
  private final String folder;

  private ScriptArchive(OutputStream out, String folder) {
    zip = new ZipOutputStream(out);
    zip.setMethod(ZipOutputStream.STORED);
    this.folder = folder;
  }

  /**
   * A tensor that is an attribute of the object.
   *
   * @param name the attribute
   * @param value the elements, read while the archive is written
   * @param trainable whether it is a trainable parameter rather than a buffer
   */
  public record ArchiveTensor(String name, NDArray value, boolean trainable) {}

  /**
   * Writes an archive.
   *
   * @param out receives the archive, and stays open
   * @param type the name of the class
   * @param methods the source of its methods, unindented; the first parameter of each is {@code
   *     self}
   * @param extras texts by name, which libtorch calls extra files
   */
  public static void write(
      OutputStream out,
      String type,
      String methods,
      List<ArchiveTensor> tensors,
      Map<String, String> extras)
      throws IOException {
    ScriptArchive archive = new ScriptArchive(out, type.toLowerCase(Locale.ROOT) + "/");
    archive.store("data.pkl", object(type, tensors));
    archive.store("byteorder", "little".getBytes(StandardCharsets.UTF_8));
    archive.store(
        "code/__torch__.py", source(type, methods, tensors).getBytes(StandardCharsets.UTF_8));
    archive.store("constants.pkl", new PickleWriter().emptyTuple().finish());
    for (int i = 0; i < tensors.size(); i++) {
      archive.store("data/" + i, bytes(tensors.get(i).value()));
    }
    for (Map.Entry<String, String> extra : extras.entrySet()) {
      archive.store("extra/" + extra.getKey(), extra.getValue().getBytes(StandardCharsets.UTF_8));
    }
    archive.store("version", VERSION.getBytes(StandardCharsets.UTF_8));
    archive.zip.finish();
  }

  /**
   * Writes an archive of given records.
   *
   * @param out receives the archive, and stays open
   * @param records contents by name, without the folder
   */
  static void write(OutputStream out, Map<String, byte[]> records) throws IOException {
    ScriptArchive archive = new ScriptArchive(out, "network/");
    for (Map.Entry<String, byte[]> record : records.entrySet()) {
      archive.store(record.getKey(), record.getValue());
    }
    archive.zip.finish();
  }

  private static String source(String type, String methods, List<ArchiveTensor> tensors) {
    StringBuilder source = new StringBuilder("class " + type + "(Module):\n");
    source.append("  __parameters__ = ").append(names(tensors, true)).append('\n');
    source.append("  __buffers__ = ").append(names(tensors, false)).append('\n');
    source.append("  training : bool\n");
    for (ArchiveTensor tensor : tensors) {
      // In this notation the name of an attribute does not have to be an identifier.
      source.append("  __annotations__[").append(quote(tensor.name())).append("] = Tensor\n");
    }
    source.append(
        methods
            .strip()
            .replaceAll("(?m)^(def \\w+)\\(self\\b", "$1(self: __torch__." + type)
            .indent(2));
    return source.toString();
  }

  private static String names(List<ArchiveTensor> tensors, boolean trainable) {
    StringBuilder names = new StringBuilder("[");
    tensors.stream()
        .filter(t -> t.trainable() == trainable)
        .forEach(t -> names.append(quote(t.name())).append(", "));
    return names.append(']').toString();
  }

  /** The text as a string literal of TorchScript. */
  public static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static byte[] object(String type, List<ArchiveTensor> tensors) {
    PickleWriter pickle = new PickleWriter();
    pickle.global("__torch__", type).emptyTuple().newObject().emptyDictionary().mark();
    pickle.text("training").bool(false);
    for (int i = 0; i < tensors.size(); i++) {
      pickle.text(tensors.get(i).name());
      tensor(pickle, tensors.get(i), i);
    }
    return pickle.setItems().build().finish();
  }

  private static void tensor(PickleWriter pickle, ArchiveTensor tensor, int index) {
    NDArray value = tensor.value();
    Shape shape = value.getShape();
    pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
    pickle
        .mark()
        .text("storage")
        .global("torch", storage(value.getDataType()))
        .text(Integer.toString(index))
        .text("cpu")
        .integer(shape.size())
        .tuple()
        .persistentId();
    pickle.integer(0);
    numbers(pickle, shape.getShape());
    numbers(pickle, strides(shape));
    pickle.bool(tensor.trainable());
    pickle.global("collections", "OrderedDict").emptyTuple().reduce();
    pickle.tuple().reduce();
  }

  private static void numbers(PickleWriter pickle, long[] numbers) {
    pickle.mark();
    for (long number : numbers) {
      pickle.integer(number);
    }
    pickle.tuple();
  }

  /** The distance of neighbours along each axis, in row-major order. */
  private static long[] strides(Shape shape) {
    long[] strides = new long[shape.dimension()];
    long stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.get(axis);
    }
    return strides;
  }

  private static String storage(DataType type) {
    return switch (type) {
      case FLOAT16 -> "HalfStorage";
      case FLOAT32 -> "FloatStorage";
      case FLOAT64 -> "DoubleStorage";
      case INT8 -> "CharStorage";
      case UINT8 -> "ByteStorage";
      case INT32 -> "IntStorage";
      case INT64 -> "LongStorage";
      case BOOLEAN -> "BoolStorage";
      default -> throw new IllegalArgumentException("cannot store an array of " + type);
    };
  }

  private static byte[] bytes(NDArray array) {
    ByteBuffer buffer = array.toByteBuffer();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private void store(String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(folder + name);
    entry.setTimeLocal(EPOCH);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
