package org.gantry.torchscript;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Holds the scripts of an archive against the list of what networks use: operators, attributes,
 * constants, sizes and the number of operations.
 */
final class ScriptInspection {

  /** The operations of one call; a network has some thousands. */
  private static final long OPERATIONS = 1_000_000;

  private static final int CALL_DEPTH = 100;

  private final ScriptIndex index;
  private final OperatorList operators;
  private final Set<String> allowed;
  private final int constants;
  private final List<ScriptFinding> findings = new ArrayList<>();

  /** By identity: a function of the same text can mean something else in another class. */
  private final IdentityHashMap<ScriptNode, Long> costs = new IdentityHashMap<>();

  private final Set<ScriptNode> calling = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Creates an inspection.
   *
   * @param allowed names that the user allows in addition to the list
   * @param constants the number of constants in the archive
   */
  ScriptInspection(ScriptIndex index, OperatorList operators, Set<String> allowed, int constants) {
    this.index = index;
    this.operators = operators;
    this.allowed = allowed;
    this.constants = constants;
  }

  /** Checks all methods and functions; returns what a network does not need. */
  List<ScriptFinding> findings() {
    for (ScriptClass type : index.classes().values()) {
      type.methods().values().forEach(method -> cost(method, type.file(), type.name()));
    }
    index.functions().forEach((name, node) -> cost(node, index.files().get(name), ""));
    return findings;
  }

  ScriptIndex index() {
    return index;
  }

  OperatorList operators() {
    return operators;
  }

  boolean isConstant(String name) {
    return name.matches("c[0-9]{1,6}") && Integer.parseInt(name.substring(1)) < constants;
  }

  /** Reports what a network does not need, unless the user allows the name. */
  void report(String file, int line, String name, String reason) {
    if (!allowed.contains(name)) {
      findings.add(new ScriptFinding(file, line, name, reason));
    }
  }

  /**
   * The number of operations of a method or function, which is checked first.
   *
   * @param owner the class of a method; empty for a function
   */
  long cost(ScriptNode function, String file, String owner) {
    Long known = costs.get(function);
    if (known != null) {
      return known;
    }
    if (calling.contains(function) || calling.size() == CALL_DEPTH) {
      report(file, function.line(), "recursion", "the function calls itself, or calls too deeply");
      return 1;
    }
    calling.add(function);
    FunctionInspection inspection = new FunctionInspection(this, file, owner);
    long cost = inspection.check(function);
    calling.remove(function);
    if (cost > OPERATIONS && calling.isEmpty()) {
      report(
          file,
          function.line(),
          "for",
          "the function can do more than %d operations".formatted(OPERATIONS));
    }
    costs.put(function, cost);
    return cost;
  }

  /** The method or function that a call of a class or function reaches; null for others. */
  ScriptNode target(String path) {
    ScriptClass type = index.classes().get(path);
    return type == null ? index.functions().get(path) : type.methods().get("__init__");
  }

  /** The path of the type of an attribute of a class; empty if it is not a class of the archive. */
  String attributeType(String owner, String attribute) {
    ScriptClass type = index.classes().get(owner);
    String path = type == null ? "" : type.attributes().getOrDefault(attribute, "");
    return index.classes().containsKey(path) ? path : "";
  }
}
