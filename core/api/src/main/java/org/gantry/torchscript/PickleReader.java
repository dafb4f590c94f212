package org.gantry.torchscript;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.torchscript.PickleValue.CallResult;
import org.gantry.torchscript.PickleValue.DictionaryValue;
import org.gantry.torchscript.PickleValue.GlobalName;
import org.gantry.torchscript.PickleValue.NewInstance;
import org.gantry.torchscript.PickleValue.ObjectState;
import org.gantry.torchscript.PickleValue.PlainValue;
import org.gantry.torchscript.PickleValue.SequenceValue;
import org.gantry.torchscript.PickleValue.StackMark;
import org.gantry.torchscript.PickleValue.StorageReference;

/**
 * Reads a pickle without creating or calling what it names. It accepts less than libtorch, so that
 * both read what it accepts in the same way.
 */
final class PickleReader {

  private final String record;
  private final ByteBuffer program;
  private final List<PickleValue> stack = new ArrayList<>();
  private final Map<Integer, PickleValue> memory = new HashMap<>();

  private PickleReader(String record, byte[] program) {
    this.record = record;
    this.program = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads a pickle.
   *
   * @param record the record that contains it, for messages
   * @throws ArchiveException if the pickle ends early, or has an instruction that TorchScript does
   *     not use
   */
  static PickleValue read(String record, byte[] program) throws ArchiveException {
    PickleReader reader = new PickleReader(record, program);
    try {
      return reader.run();
    } catch (BufferUnderflowException e) {
      throw reader.damaged("it ends in the middle of a value");
    }
  }

  private PickleValue run() throws ArchiveException {
    for (int opcode = opcode(); opcode != '.'; opcode = opcode()) {
      execute(opcode);
    }
    PickleValue result = pop();
    if (!stack.isEmpty() || program.hasRemaining()) {
      throw damaged("it goes on after its end");
    }
    return result;
  }

  private int opcode() {
    return Byte.toUnsignedInt(program.get());
  }

  private void execute(int opcode) throws ArchiveException {
    switch (opcode) {
      case 0x80 -> opcode();
      case 'N' -> plain(null);
      case 0x88 -> plain(true);
      case 0x89 -> plain(false);
      case 'K' -> plain((long) opcode());
      case 'M' -> plain((long) Short.toUnsignedInt(program.getShort()));
      case 'J' -> plain((long) program.getInt());
      case 0x8a -> plain(longInteger());
      case 'G' -> plain(program.order(ByteOrder.BIG_ENDIAN).getDouble());
      case 'X', 'T' -> plain(text());
      case '(' -> stack.add(new StackMark());
      case ')' -> stack.add(new SequenceValue(List.of(), true));
      case ']' -> stack.add(new SequenceValue(new ArrayList<>(), false));
      case '}' -> stack.add(new DictionaryValue(new LinkedHashMap<>()));
      case 't' -> stack.add(new SequenceValue(sinceMark(), true));
      case 0x85, 0x86, 0x87 -> stack.add(new SequenceValue(pop(opcode - 0x84), true));
      case 'a' -> append(List.of(pop()));
      case 'e' -> append(sinceMark());
      case 's' -> setItems(pop(2));
      case 'u' -> setItems(sinceMark());
      case 'q' -> remember(opcode());
      case 'r' -> remember(program.getInt());
      case 'h' -> stack.add(recall(opcode()));
      case 'j' -> stack.add(recall(program.getInt()));
      case 'c' -> stack.add(new GlobalName(line() + "." + line()));
      case 'R' -> call();
      case 0x81 -> newObject();
      case 'b' -> build();
      case 'Q' -> stack.add(new StorageReference(tuple().elements()));
      default -> throw damaged("it has the instruction 0x%02x".formatted(opcode));
    }
    program.order(ByteOrder.LITTLE_ENDIAN);
  }

  private void plain(Object value) {
    stack.add(new PlainValue(value));
  }

  private long longInteger() throws ArchiveException {
    if (opcode() != Long.BYTES) {
      throw damaged("it has an integer that is not of 8 bytes");
    }
    return program.getLong();
  }

  private String text() throws ArchiveException {
    int length = program.getInt();
    if (length < 0 || length > program.remaining()) {
      throw damaged("it has a text of %d bytes".formatted(Integer.toUnsignedLong(length)));
    }
    byte[] bytes = new byte[length];
    program.get(bytes);
    return new String(bytes, UTF_8);
  }

  private String line() throws ArchiveException {
    StringBuilder line = new StringBuilder();
    for (char next = (char) opcode(); next != '\n'; next = (char) opcode()) {
      if (!Character.isLetterOrDigit(next) && next != '_' && next != '.') {
        throw damaged("it has a name with the character U+%04X".formatted((int) next));
      }
      line.append(next);
    }
    return line.toString();
  }

  private PickleValue pop() throws ArchiveException {
    if (stack.isEmpty() || top() instanceof StackMark) {
      throw damaged("it uses a value that it does not have");
    }
    return stack.remove(stack.size() - 1);
  }

  private PickleValue top() throws ArchiveException {
    if (stack.isEmpty()) {
      throw damaged("it uses a value that it does not have");
    }
    return stack.get(stack.size() - 1);
  }

  /** Takes values, and returns them in the order in which they were pushed. */
  private List<PickleValue> pop(int count) throws ArchiveException {
    List<PickleValue> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(0, pop());
    }
    return values;
  }

  private List<PickleValue> sinceMark() throws ArchiveException {
    int mark = stack.size() - 1;
    while (mark >= 0 && !(stack.get(mark) instanceof StackMark)) {
      mark--;
    }
    if (mark < 0) {
      throw damaged("it ends a group that did not begin");
    }
    List<PickleValue> above = stack.subList(mark + 1, stack.size());
    List<PickleValue> values = new ArrayList<>(above);
    stack.subList(mark, stack.size()).clear();
    return values;
  }

  private void append(List<PickleValue> values) throws ArchiveException {
    if (!(top() instanceof SequenceValue list) || list.tuple()) {
      throw damaged("it appends to what is not a list");
    }
    list.elements().addAll(values);
  }

  private void setItems(List<PickleValue> items) throws ArchiveException {
    if (!(top() instanceof DictionaryValue dictionary) || items.size() % 2 != 0) {
      throw damaged("it sets the entries of what is not a dictionary");
    }
    for (int i = 0; i < items.size(); i += 2) {
      if (!(items.get(i) instanceof PlainValue key)
          || dictionary.entries().put(key.value(), items.get(i + 1)) != null) {
        throw damaged("it has a dictionary with an unusable or repeated key");
      }
    }
  }

  private void remember(int index) throws ArchiveException {
    // libtorch allocates as many places as the index says.
    if (index < 0 || index > program.capacity() || top() instanceof NewInstance) {
      throw damaged("it remembers a value at an unusable place");
    }
    memory.put(index, top());
  }

  private PickleValue recall(int index) throws ArchiveException {
    PickleValue value = memory.get(index);
    if (value == null || value instanceof StackMark) {
      throw damaged("it recalls a value that it does not have");
    }
    return value;
  }

  private SequenceValue tuple() throws ArchiveException {
    if (pop() instanceof SequenceValue value && value.tuple()) {
      return value;
    }
    throw damaged("it calls a function without a tuple");
  }

  private String global() throws ArchiveException {
    if (pop() instanceof GlobalName global) {
      return global.name();
    }
    throw damaged("it calls what is not a function");
  }

  private void call() throws ArchiveException {
    List<PickleValue> arguments = tuple().elements();
    stack.add(new CallResult(global(), arguments));
  }

  private void newObject() throws ArchiveException {
    if (!tuple().elements().isEmpty()) {
      throw damaged("it creates an object with arguments");
    }
    stack.add(new NewInstance(global()));
  }

  private void build() throws ArchiveException {
    if (pop() instanceof DictionaryValue state && pop() instanceof NewInstance created) {
      stack.add(new ObjectState(created.type(), state.entries()));
    } else {
      throw damaged("it sets the state of what is not an object");
    }
  }

  private ArchiveException damaged(String reason) {
    return new ArchiveException("%s:%d: %s".formatted(record, program.position(), reason));
  }
}
