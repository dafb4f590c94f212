package org.gantry.torchscript;

import java.util.List;
import java.util.function.Consumer;

/**
 * A node in the syntax tree of a script.
 *
 * @param type decides what the text and the children are
 * @param text a name, number, string or operator; empty for other nodes
 * @param line counted from 1
 * @param children in the order in which they are written
 */
record ScriptNode(SyntaxType type, String text, int line, List<ScriptNode> children) {

  /** What a node is, with its children. */
  enum SyntaxType {
    /** Statements. */
    BLOCK,
    /** The bases in a {@link #LIST}, and a {@link #BLOCK}. */
    CLASS,
    /** The {@link #PARAMETER}s, the type of the result in a {@link #LIST}, and a {@link #BLOCK}. */
    FUNCTION,
    /** The type in a {@link #LIST}, and the default in another; either may be empty. */
    PARAMETER,
    /** The targets, and the value. */
    ASSIGNMENT,
    /** The target, the type, and the value if there is one. */
    DECLARATION,
    /** The condition, and one or two {@link #BLOCK}s. */
    IF,
    /** The target, what is iterated over, and a {@link #BLOCK}. */
    FOR,
    /** The condition, and a {@link #BLOCK}. */
    WHILE,
    /** The values. */
    RETURN,
    /** An expression. */
    STATEMENT,
    NAME,
    NUMBER,
    STRING,
    /** The object; the text is the name of the attribute. */
    ATTRIBUTE,
    /** What is called, and the arguments. */
    CALL,
    /** A named argument: the value. */
    KEYWORD,
    /** The object, and the indices. */
    SUBSCRIPT,
    /** The elements of a list, tuple or dictionary. */
    LIST,
    /** The operands. */
    OPERATION,
    /** The element, the target, what is iterated over, and the conditions. */
    COMPREHENSION
  }

  ScriptNode(SyntaxType type, String text, int line, ScriptNode... children) {
    this(type, text, line, List.of(children));
  }

  boolean is(SyntaxType expected) {
    return type == expected;
  }

  ScriptNode child(int index) {
    return children.get(index);
  }

  ScriptNode last() {
    return children.get(children.size() - 1);
  }

  /** Visits this node, and then the nodes below it. */
  void visit(Consumer<ScriptNode> visitor) {
    visitor.accept(this);
    children.forEach(child -> child.visit(visitor));
  }

  /** The names of a chain of attributes such as {@code torch.relu}; empty for other expressions. */
  String path() {
    if (is(SyntaxType.NAME)) {
      return text;
    } else if (is(SyntaxType.ATTRIBUTE)) {
      String object = child(0).path();
      return object.isEmpty() ? "" : object + "." + text;
    }
    return "";
  }
}
