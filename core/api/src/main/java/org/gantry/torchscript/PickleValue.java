package org.gantry.torchscript;

import java.util.List;
import java.util.Map;

/** A value that a pickle describes. Nothing is created or called. */
sealed interface PickleValue {

  /** A number, text, truth value or nothing. */
  record PlainValue(Object value) implements PickleValue {}

  /** A tuple or list; a list grows while it is read. */
  record SequenceValue(List<PickleValue> elements, boolean tuple) implements PickleValue {}

  /** A dictionary, which grows while it is read. */
  record DictionaryValue(Map<Object, PickleValue> entries) implements PickleValue {}

  /** The name of a function or class. */
  record GlobalName(String name) implements PickleValue {}

  /** The result of a function. */
  record CallResult(String function, List<PickleValue> arguments) implements PickleValue {}

  /** An object before its attributes are set. */
  record NewInstance(String type) implements PickleValue {}

  /** An object, with the attributes that it is given. */
  record ObjectState(String type, Map<Object, PickleValue> attributes) implements PickleValue {}

  /** Data outside of the pickle. */
  record StorageReference(List<PickleValue> identity) implements PickleValue {}

  /** The begin of a tuple, list or dictionary on the stack. */
  record StackMark() implements PickleValue {}
}
