package org.gantry.torchscript;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.torchscript.PickleValue.CallResult;
import org.gantry.torchscript.PickleValue.DictionaryValue;
import org.gantry.torchscript.PickleValue.GlobalName;
import org.gantry.torchscript.PickleValue.ObjectState;
import org.gantry.torchscript.PickleValue.PlainValue;
import org.gantry.torchscript.PickleValue.SequenceValue;
import org.gantry.torchscript.PickleValue.StorageReference;

/** Checks the objects and tensors that the pickles of an archive describe. */
final class WeightInspection {

  /** The bytes of an element, by the name of the storage. */
  private static final Map<String, Integer> ELEMENT_BYTES =
      Map.of(
          "torch.DoubleStorage", 8,
          "torch.FloatStorage", 4,
          "torch.HalfStorage", 2,
          "torch.LongStorage", 8,
          "torch.IntStorage", 4,
          "torch.ShortStorage", 2,
          "torch.CharStorage", 1,
          "torch.ByteStorage", 1,
          "torch.BoolStorage", 1);

  private static final String TENSOR = "torch._utils._rebuild_tensor_v2";
  private static final String HOOKS = "collections.OrderedDict";

  /** Functions that give values that have types. */
  private static final Set<String> TYPED =
      Set.of(
          "torch.jit._pickle.build_intlist",
          "torch.jit._pickle.build_doublelist",
          "torch.jit._pickle.build_boollist",
          "torch.jit._pickle.build_tensorlist",
          "torch.jit._pickle.restore_type_tag",
          "torch.device");

  private static final int MAX_DEPTH = 200;

  private final ModuleArchive archive;
  private final ScriptIndex index;
  private final String record;
  private final String folder;
  private final Set<PickleValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Creates an inspection of one pickle.
   *
   * @param index the classes that objects may have
   * @param record the record that contains the pickle
   * @param folder the folder of the tensors
   */
  WeightInspection(ModuleArchive archive, ScriptIndex index, String record, String folder) {
    this.archive = archive;
    this.index = index;
    this.record = record;
    this.folder = folder;
  }

  /**
   * Reads and checks the pickle.
   *
   * @return the value
   * @throws ArchiveException if the value has anything that a network does not need
   */
  PickleValue check() throws ArchiveException {
    PickleValue value = PickleReader.read(record, archive.require(record));
    check(value, record, 0);
    return value;
  }

  private void check(PickleValue value, String name, int depth) throws ArchiveException {
    if (depth > MAX_DEPTH) {
      throw refused(name, "is nested too deeply");
    } else if (!seen.add(value)) {
      return;
    }
    if (value instanceof PlainValue plain) {
      if (plain.value() instanceof Long number && !SizeLimits.isReasonable(number)) {
        throw refused(name, "is the number " + number);
      }
    } else if (value instanceof SequenceValue sequence) {
      for (PickleValue element : sequence.elements()) {
        check(element, name, depth + 1);
      }
    } else if (value instanceof DictionaryValue dictionary) {
      checkEntries(dictionary.entries(), name, depth);
    } else if (value instanceof ObjectState object) {
      checkObject(object, name, depth);
    } else if (value instanceof CallResult result) {
      checkResult(result, name, depth);
    } else {
      throw refused(name, "is not a value: " + described(value));
    }
  }

  private static String described(PickleValue value) {
    return value instanceof GlobalName global ? global.name() : value.getClass().getSimpleName();
  }

  private void checkEntries(Map<Object, PickleValue> entries, String name, int depth)
      throws ArchiveException {
    for (Map.Entry<Object, PickleValue> entry : entries.entrySet()) {
      check(entry.getValue(), name + "." + entry.getKey(), depth + 1);
    }
  }

  private void checkObject(ObjectState object, String name, int depth) throws ArchiveException {
    ScriptClass type = index.classes().get(object.type());
    if (type == null) {
      throw refused(name, "has the class " + object.type() + ", which the file does not contain");
    } else if (type.methods().containsKey("__setstate__")) {
      throw refused(name, "has the class " + object.type() + ", which computes while it is loaded");
    }
    for (Map.Entry<Object, PickleValue> attribute : object.attributes().entrySet()) {
      String declared = type.attributes().get(String.valueOf(attribute.getKey()));
      if (declared == null) {
        throw refused(
            name, "has an attribute " + attribute.getKey() + " that its class does not declare");
      }
      boolean instance = attribute.getValue() instanceof ObjectState;
      String actual = instance ? ((ObjectState) attribute.getValue()).type() : "";
      if (instance != index.classes().containsKey(declared)
          || (instance && !actual.equals(declared))) {
        throw refused(
            name,
            "has an attribute %s of another type than its class declares"
                .formatted(attribute.getKey()));
      }
    }
    checkEntries(object.attributes(), name, depth);
  }

  private void checkResult(CallResult result, String name, int depth) throws ArchiveException {
    if (result.function().equals(TENSOR)) {
      checkTensor(result.arguments(), name);
    } else if (TYPED.contains(result.function())) {
      for (PickleValue argument : result.arguments()) {
        check(argument, name, depth + 1);
      }
    } else if (!result.function().equals(HOOKS) || !result.arguments().isEmpty()) {
      throw refused(name, "is made by " + result.function());
    }
  }

  /** Checks that a tensor lies in its storage, and the storage in the file. */
  private void checkTensor(List<PickleValue> arguments, String name) throws ArchiveException {
    if (arguments.size() != 6
        || !(arguments.get(0) instanceof StorageReference reference)
        || reference.identity().size() != 5
        || !"storage".equals(plain(reference.identity().get(0)))
        || !(reference.identity().get(1) instanceof GlobalName storage)
        || !(plain(reference.identity().get(2)) instanceof String key)
        || !(plain(reference.identity().get(3)) instanceof String)
        || !(plain(reference.identity().get(4)) instanceof Long count)
        || !(plain(arguments.get(1)) instanceof Long offset)
        || !(arguments.get(2) instanceof SequenceValue sizes)
        || !(arguments.get(3) instanceof SequenceValue strides)
        || !(plain(arguments.get(4)) instanceof Boolean)
        || !(arguments.get(5) instanceof CallResult hooks)
        || !hooks.function().equals(HOOKS)
        || !hooks.arguments().isEmpty()
        || sizes.elements().size() != strides.elements().size()) {
      throw refused(name, "is a tensor in an unknown form");
    }
    Integer bytes = ELEMENT_BYTES.get(storage.name());
    if (bytes == null) {
      throw refused(name, "has elements of the type " + storage.name());
    } else if (!key.matches("[0-9]{1,9}")) {
      throw refused(name, "has its elements in a record with an unusable name");
    }
    long present = archive.require(folder + "/" + key).length;
    if (count < 0 || count > Integer.MAX_VALUE || count * bytes != present) {
      throw refused(
          name,
          "needs %d elements of %d bytes, but the record %s/%s has %d bytes"
              .formatted(count, bytes, folder, key, present));
    }
    checkExtent(sizes.elements(), strides.elements(), offset, count, name);
  }

  private void checkExtent(
      List<PickleValue> sizes, List<PickleValue> strides, long offset, long count, String name)
      throws ArchiveException {
    long elements = 1;
    long last = offset;
    for (int axis = 0; axis < sizes.size(); axis++) {
      if (!(plain(sizes.get(axis)) instanceof Long size)
          || !(plain(strides.get(axis)) instanceof Long stride)
          || size < 0
          || size > count
          || stride < 0
          || stride > Integer.MAX_VALUE) {
        throw refused(
            name, "has a shape or strides that do not fit its %d elements".formatted(count));
      }
      elements = Math.min(elements * size, Integer.MAX_VALUE);
      last = Math.min(last + Math.max(0, size - 1) * stride, Long.MAX_VALUE / 2);
    }
    if (offset < 0 || offset > count || elements > count || (elements > 0 && last >= count)) {
      throw refused(
          name, "has a shape or strides that do not fit its %d elements".formatted(count));
    }
  }

  private static Object plain(PickleValue value) {
    return value instanceof PlainValue plain ? plain.value() : null;
  }

  private ArchiveException refused(String name, String reason) {
    return new ArchiveException(
        name.equals(record)
            ? record + " " + reason
            : record + ": " + name.substring(record.length() + 1) + " " + reason);
  }
}
