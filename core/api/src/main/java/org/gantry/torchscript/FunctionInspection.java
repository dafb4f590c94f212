package org.gantry.torchscript;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gantry.torchscript.ScriptNode.SyntaxType;

/** Checks one method or function of a script. */
final class FunctionInspection {

  /** Functions whose first argument is a type. */
  private static final Set<String> TYPED = Set.of("annotate", "uninitialized", "unchecked_cast");

  /** Larger numbers are not told apart. */
  private static final double MAX_OPERATIONS = 1e18;

  private final ScriptInspection whole;
  private final String file;
  private final LocalScope scope;
  private final LoopBounds bounds;
  private double operations;
  private double repeats = 1;

  /**
   * Creates an inspection.
   *
   * @param owner the class of a method; empty for a function
   */
  FunctionInspection(ScriptInspection whole, String file, String owner) {
    this.whole = whole;
    this.file = file;
    this.scope = new LocalScope(whole, owner);
    this.bounds = new LoopBounds(scope);
  }

  /** Checks the function; returns the number of operations that a call of it does at most. */
  long check(ScriptNode function) {
    scope.bind(function).forEach(node -> report(node, node.path(), "binds the name"));
    for (ScriptNode part : function.children()) {
      if (part.is(SyntaxType.PARAMETER)) {
        part.child(0).children().forEach(this::type);
        part.child(1).children().forEach(this::expression);
      } else if (part.is(SyntaxType.LIST)) {
        part.children().forEach(this::type);
      } else {
        statement(part);
      }
    }
    return (long) Math.min(operations, MAX_OPERATIONS);
  }

  private void statement(ScriptNode node) {
    switch (node.type()) {
      case BLOCK -> node.children().forEach(this::statement);
      case FOR -> {
        expression(node.child(1));
        loop(node, node.child(1), () -> statement(node.child(2)));
      }
      case WHILE -> {
        whole.report(file, node.line(), "while", "'while' repeats without a known end");
        node.children().forEach(this::statement);
      }
      case DECLARATION -> {
        type(node.child(1));
        expression(node.child(0));
        node.children().stream().skip(2).forEach(this::expression);
      }
      case IF, ASSIGNMENT, RETURN, STATEMENT -> node.children().forEach(this::statement);
      default -> expression(node);
    }
  }

  private void loop(ScriptNode loop, ScriptNode iterated, Runnable body) {
    double before = repeats;
    double times = bounds.repeats(iterated);
    if (Double.isInfinite(times)) {
      whole.report(file, loop.line(), "for", "'for' repeats without a known end");
      times = 1;
    }
    repeats *= times;
    body.run();
    repeats = before;
  }

  private void expression(ScriptNode node) {
    switch (node.type()) {
      case NAME -> name(node);
      case NUMBER -> {
        if (!SizeLimits.isReasonable(node.text())) {
          whole.report(
              file, node.line(), node.text(), "the number " + node.text() + " is not a size");
        }
      }
      case LIST -> {
        size(node);
        node.children().forEach(this::expression);
      }
      case ATTRIBUTE -> attribute(node);
      case CALL -> call(node);
      case COMPREHENSION -> {
        expression(node.child(2));
        loop(
            node,
            node.child(2),
            () -> {
              expression(node.child(0));
              expression(node.child(1));
              node.children().stream().skip(3).forEach(this::expression);
            });
      }
      default -> {
        operations += node.is(SyntaxType.OPERATION) ? repeats : 0;
        node.children().forEach(this::expression);
      }
    }
  }

  private void size(ScriptNode list) {
    List<String> numbers = new ArrayList<>();
    for (ScriptNode element : list.children()) {
      if (element.is(SyntaxType.NUMBER)) {
        numbers.add(element.text());
      }
    }
    if (numbers.size() > 1
        && numbers.size() == list.children().size()
        && !SizeLimits.isReasonable(numbers)) {
      whole.report(
          file,
          list.line(),
          numbers.toString().replace(" ", ""),
          "the size %s is beyond reason".formatted(numbers));
    }
  }

  private void name(ScriptNode node) {
    if (!scope.isLocal(node.text()) && !whole.operators().contains("value", node.text())) {
      report(node, node.text(), "uses");
    }
  }

  private void attribute(ScriptNode node) {
    String path = node.path();
    String root = path.isEmpty() ? "" : path.substring(0, path.indexOf('.'));
    if (scope.isLocal(root) || root.isEmpty()) {
      expression(node.child(0));
      member(node, node.child(0), node.text());
    } else if (!isConstant(path) && !isOperator(path)) {
      report(node, path, "uses");
    }
  }

  private boolean isConstant(String path) {
    return path.startsWith("CONSTANTS.") && whole.isConstant(path.substring(path.indexOf('.') + 1));
  }

  /** Checks an attribute that is not called. */
  private void member(ScriptNode node, ScriptNode object, String name) {
    String type = scope.type(object);
    ScriptClass known = whole.index().classes().get(type);
    boolean declared =
        known == null
            ? whole.operators().contains("attribute", name) || isField(name)
            : known.attributes().containsKey(name);
    if (!declared) {
      report(node, name, "uses the attribute");
    }
  }

  /** Whether any class of the archive has the attribute; reading one has no effect. */
  private boolean isField(String name) {
    return whole.index().classes().values().stream()
        .anyMatch(type -> type.attributes().containsKey(name));
  }

  private void call(ScriptNode node) {
    operations += repeats;
    ScriptNode called = node.child(0);
    List<ScriptNode> arguments = node.children().subList(1, node.children().size());
    String path = called.path();
    String root = path.split("\\.", 2)[0];
    if (path.equals("getattr") && LocalScope.isGetattr(node)) {
      expression(node.child(1));
      member(node, node.child(1), node.child(2).text());
      return;
    } else if (TYPED.contains(path) && !arguments.isEmpty()) {
      type(arguments.get(0));
      arguments = arguments.subList(1, arguments.size());
    } else if (path.equals("isinstance") && arguments.size() == 2) {
      type(arguments.get(1));
      arguments = arguments.subList(0, 1);
    } else if (!path.isEmpty() && !scope.isLocal(root)) {
      callGlobal(called, path);
    } else if (called.is(SyntaxType.ATTRIBUTE)) {
      expression(called.child(0));
      callMethod(called, scope.type(called.child(0)), called.text());
    } else {
      expression(called);
      callMethod(called, scope.type(called), "forward");
    }
    arguments.forEach(this::expression);
  }

  private void callGlobal(ScriptNode called, String path) {
    ScriptNode target = whole.target(path);
    if (target != null) {
      ScriptClass type = whole.index().classes().get(path);
      String place = type == null ? whole.index().files().get(path) : type.file();
      operations += repeats * whole.cost(target, place, type == null ? "" : path);
    } else if (!whole.index().classes().containsKey(path)
        && (path.equals("getattr")
            || !(isOperator(path) || whole.operators().contains("function", path)))) {
      report(called, path, "calls");
    }
  }

  /** Whether a path is an operator of libtorch in the list. */
  private boolean isOperator(String path) {
    int dot = path.lastIndexOf('.');
    return dot > 0 && whole.operators().contains(path.substring(0, dot), path.substring(dot + 1));
  }

  /** Checks the call of a method of an object, or of an operator in the form of a method. */
  private void callMethod(ScriptNode called, String type, String name) {
    ScriptClass known = whole.index().classes().get(type);
    if (known == null) {
      if (!whole.operators().contains("torch", name)) {
        report(called, "torch." + name, "calls");
      }
    } else if (known.methods().containsKey(name)) {
      operations += repeats * whole.cost(known.methods().get(name), known.file(), known.name());
    } else {
      String attribute = whole.attributeType(type, name);
      if (attribute.isEmpty()) {
        report(called, name, "calls");
      } else {
        callMethod(called, attribute, "forward");
      }
    }
  }

  private void type(ScriptNode node) {
    String path = node.path();
    if (node.is(SyntaxType.SUBSCRIPT) || node.is(SyntaxType.LIST)) {
      node.children().forEach(this::type);
    } else if (path.isEmpty()
        || !(whole.operators().contains("type", path)
            || whole.index().classes().containsKey(path))) {
      report(node, path.isEmpty() ? "type" : path, "has the type");
    }
  }

  private void report(ScriptNode node, String name, String verb) {
    whole.report(file, node.line(), name, "%s %s".formatted(verb, name));
  }
}
