package org.gantry.torchscript;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.torchscript.ScriptNode.SyntaxType;

/**
 * The local variables of a function, and which of them are objects of the archive's classes. Only
 * of those the methods are known. A variable of unknown type is taken for any other value, whose
 * methods are operators.
 */
final class LocalScope {

  /** Names whose meaning a variable must not change. */
  private static final Set<String> RESERVED =
      Set.of(
          "torch",
          "ops",
          "aten",
          "__torch__",
          "CONSTANTS",
          "getattr",
          "annotate",
          "isinstance",
          "uninitialized",
          "unchecked_cast");

  private final ScriptInspection whole;
  private final String owner;
  private final Map<String, String> types = new HashMap<>();
  private final Map<String, List<ScriptNode>> values = new HashMap<>();

  /**
   * Creates a scope.
   *
   * @param owner the class of a method; empty for a function
   */
  LocalScope(ScriptInspection whole, String owner) {
    this.whole = whole;
    this.owner = owner;
  }

  /** Reads the variables of a function; returns the places that bind a reserved name. */
  List<ScriptNode> bind(ScriptNode function) {
    List<ScriptNode> reserved = new ArrayList<>();
    for (int i = 0; i < function.children().size(); i++) {
      if (function.child(i).is(SyntaxType.PARAMETER)) {
        parameter(function.child(i), i == 0, reserved);
      }
    }
    function.visit(
        node -> {
          switch (node.type()) {
            case ASSIGNMENT ->
                node.children().stream()
                    .limit(node.children().size() - 1L)
                    .forEach(target -> target(target, node.last(), reserved));
            case DECLARATION ->
                target(node.child(0), node.children().size() < 3 ? null : node.last(), reserved);
            case FOR -> target(node.child(0), null, reserved);
            case COMPREHENSION -> target(node.child(1), null, reserved);
            default -> {
              // Other nodes bind nothing.
            }
          }
        });
    settle();
    return reserved;
  }

  private void parameter(ScriptNode node, boolean first, List<ScriptNode> reserved) {
    List<ScriptNode> annotation = node.child(0).children();
    String annotated = annotation.isEmpty() ? "" : annotation.get(0).path();
    // libtorch ignores the annotation of the object itself.
    String type = first && !owner.isEmpty() ? owner : annotated;
    ScriptNode name = new ScriptNode(SyntaxType.NAME, node.text(), node.line());
    target(name, null, reserved);
    types.put(node.text(), whole.index().classes().containsKey(type) ? type : "");
  }

  private void target(ScriptNode target, ScriptNode value, List<ScriptNode> reserved) {
    if (target.is(SyntaxType.NAME)) {
      if (RESERVED.contains(target.text())) {
        reserved.add(target);
      }
      values.computeIfAbsent(target.text(), name -> new ArrayList<>()).add(value);
    } else if (target.is(SyntaxType.LIST)) {
      target.children().forEach(part -> target(part, null, reserved));
    }
  }

  /** Decides which variables are objects: those that all their assignments agree on. */
  private void settle() {
    Map<String, String> parameters = Map.copyOf(types);
    for (int round = 0; round <= values.size(); round++) {
      boolean changed = false;
      for (Map.Entry<String, List<ScriptNode>> variable : values.entrySet()) {
        String type = common(variable.getValue(), parameters.get(variable.getKey()));
        changed |= !type.equals(types.put(variable.getKey(), type));
      }
      if (!changed) {
        return;
      }
    }
    // Types that do not settle are unknown.
    types.replaceAll((name, type) -> parameters.getOrDefault(name, ""));
  }

  private String common(List<ScriptNode> assigned, String parameter) {
    if (parameter != null) {
      return assigned.size() == 1 ? parameter : "";
    }
    String type = null;
    for (ScriptNode value : assigned) {
      String next = value == null ? "" : type(value);
      type = type == null || type.equals(next) ? next : "";
    }
    return type == null ? "" : type;
  }

  boolean isLocal(String name) {
    return values.containsKey(name);
  }

  /** The single value that is assigned to a variable; null without one, or with several. */
  ScriptNode value(String name) {
    List<ScriptNode> assigned = values.getOrDefault(name, List.of());
    return assigned.size() == 1 ? assigned.get(0) : null;
  }

  /** The class of an expression, if it is an object of the archive; otherwise empty. */
  String type(ScriptNode node) {
    if (node.is(SyntaxType.NAME)) {
      return types.getOrDefault(node.text(), "");
    } else if (node.is(SyntaxType.ATTRIBUTE)) {
      return whole.attributeType(type(node.child(0)), node.text());
    } else if (isGetattr(node)) {
      return whole.attributeType(type(node.child(1)), node.child(2).text());
    } else if (node.is(SyntaxType.CALL) && !isLocal(node.child(0).path().split("\\.", 2)[0])) {
      String path = node.child(0).path();
      return whole.index().classes().containsKey(path) ? path : "";
    }
    return "";
  }

  /** Whether a call reads an attribute by a name that is written in the script. */
  static boolean isGetattr(ScriptNode node) {
    return node.is(SyntaxType.CALL)
        && node.child(0).path().equals("getattr")
        && node.children().size() == 3
        && node.child(2).is(SyntaxType.STRING);
  }
}
