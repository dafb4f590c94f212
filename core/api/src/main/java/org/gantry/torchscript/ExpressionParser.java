package org.gantry.torchscript;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gantry.torchscript.ScriptNode.SyntaxType;
import org.gantry.torchscript.ScriptToken.LexemeType;

/** Reads the expressions of a script. */
final class ExpressionParser {

  /** The binary operators by precedence, the weakest first. */
  private static final List<Set<String>> OPERATORS =
      List.of(
          Set.of("or"),
          Set.of("and"),
          Set.of("<", ">", "<=", ">=", "==", "!=", "in", "is", "not"),
          Set.of("|"),
          Set.of("^"),
          Set.of("&"),
          Set.of("<<", ">>"),
          Set.of("+", "-"),
          Set.of("*", "/", "//", "%", "@"));

  private static final int NOT = 2;

  private static final Set<String> KEYWORDS =
      Set.of(
          "if",
          "else",
          "elif",
          "for",
          "in",
          "is",
          "and",
          "or",
          "not",
          "def",
          "class",
          "return",
          "while",
          "lambda",
          "pass",
          "break",
          "continue",
          "import",
          "from",
          "with",
          "yield");

  private final TokenCursor tokens;

  ExpressionParser(TokenCursor tokens) {
    this.tokens = tokens;
  }

  /** One expression, or several separated by commas, which make a list. */
  ScriptNode targets() throws ArchiveException {
    int line = tokens.line();
    ScriptNode first = starred();
    if (!tokens.at(",")) {
      return first;
    }
    List<ScriptNode> all = new ArrayList<>(List.of(first));
    while (tokens.skip(",")) {
      if (tokens.at("=") || tokens.at("in") || tokens.atType(LexemeType.NEWLINE)) {
        break;
      }
      all.add(starred());
    }
    return new ScriptNode(SyntaxType.LIST, "", line, all);
  }

  /** The targets of a loop, which {@code in} follows. */
  ScriptNode loopTargets() throws ArchiveException {
    int line = tokens.line();
    List<ScriptNode> all = new ArrayList<>();
    do {
      all.add(primary());
    } while (tokens.skip(",") && !tokens.at("in"));
    return all.size() == 1 ? all.get(0) : new ScriptNode(SyntaxType.LIST, "", line, all);
  }

  private ScriptNode starred() throws ArchiveException {
    tokens.skip("*");
    return expression();
  }

  /** Expressions separated by commas, up to a bracket. */
  List<ScriptNode> list(String end) throws ArchiveException {
    List<ScriptNode> found = new ArrayList<>();
    while (!tokens.skip(end)) {
      found.add(argument());
      if (!tokens.at(end)) {
        tokens.expect(",");
      }
    }
    return found;
  }

  /** An expression, possibly after a name and an equals sign. */
  private ScriptNode argument() throws ArchiveException {
    int line = tokens.line();
    tokens.skip("*");
    ScriptNode value = expression();
    if (value.is(SyntaxType.NAME) && tokens.skip("=")) {
      return new ScriptNode(SyntaxType.KEYWORD, value.text(), line, expression());
    }
    return tokens.at("for") ? comprehension(value) : value;
  }

  private ScriptNode comprehension(ScriptNode element) throws ArchiveException {
    int line = tokens.line();
    tokens.expect("for");
    ScriptNode target = loopTargets();
    tokens.expect("in");
    List<ScriptNode> children = new ArrayList<>(List.of(element, target, binary(0)));
    while (tokens.skip("if")) {
      children.add(binary(0));
    }
    return new ScriptNode(SyntaxType.COMPREHENSION, "", line, children);
  }

  ScriptNode expression() throws ArchiveException {
    tokens.enter();
    int line = tokens.line();
    ScriptNode value = binary(0);
    if (tokens.skip("if")) {
      ScriptNode condition = binary(0);
      tokens.expect("else");
      value = new ScriptNode(SyntaxType.OPERATION, "if", line, value, condition, expression());
    }
    tokens.leave();
    return value;
  }

  private ScriptNode binary(int level) throws ArchiveException {
    if (level == OPERATORS.size()) {
      return unary();
    }
    int line = tokens.line();
    if (level == NOT && tokens.skip("not")) {
      tokens.enter();
      ScriptNode operand = binary(level);
      tokens.leave();
      return new ScriptNode(SyntaxType.OPERATION, "not", line, operand);
    }
    ScriptNode value = binary(level + 1);
    while (operator(level)) {
      String operator = tokens.take();
      if (tokens.at("not") || tokens.at("in")) {
        operator += " " + tokens.take();
      }
      value = new ScriptNode(SyntaxType.OPERATION, operator, line, value, binary(level + 1));
    }
    return value;
  }

  /** Whether the current token is an operator; {@code in} ends the target of a loop. */
  private boolean operator(int level) {
    return !tokens.atType(LexemeType.STRING) && OPERATORS.get(level).contains(tokens.text());
  }

  private ScriptNode unary() throws ArchiveException {
    int line = tokens.line();
    if (tokens.at("-") || tokens.at("+") || tokens.at("~")) {
      String operator = tokens.take();
      tokens.enter();
      ScriptNode operand = unary();
      tokens.leave();
      return operator.equals("-") && operand.is(SyntaxType.NUMBER)
          ? new ScriptNode(SyntaxType.NUMBER, "-" + operand.text(), line)
          : new ScriptNode(SyntaxType.OPERATION, operator, line, operand);
    }
    ScriptNode base = primary();
    if (tokens.skip("**")) {
      tokens.enter();
      base = new ScriptNode(SyntaxType.OPERATION, "**", line, base, unary());
      tokens.leave();
    }
    return base;
  }

  private ScriptNode primary() throws ArchiveException {
    ScriptNode value = atom();
    while (true) {
      int line = tokens.line();
      if (tokens.skip(".")) {
        value = new ScriptNode(SyntaxType.ATTRIBUTE, tokens.name(), line, value);
      } else if (tokens.skip("(")) {
        value = new ScriptNode(SyntaxType.CALL, "", line, prepend(value, list(")")));
      } else if (tokens.skip("[")) {
        value = new ScriptNode(SyntaxType.SUBSCRIPT, "", line, prepend(value, indices()));
      } else {
        return value;
      }
    }
  }

  private static List<ScriptNode> prepend(ScriptNode first, List<ScriptNode> rest) {
    List<ScriptNode> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }

  /** Indices and slices, up to a bracket. */
  private List<ScriptNode> indices() throws ArchiveException {
    List<ScriptNode> found = new ArrayList<>();
    while (!tokens.skip("]")) {
      if (!tokens.skip(":") && !tokens.skip(",")) {
        found.add(expression());
      }
    }
    return found;
  }

  private ScriptNode atom() throws ArchiveException {
    int line = tokens.line();
    if (tokens.atType(LexemeType.STRING)) {
      return new ScriptNode(SyntaxType.STRING, tokens.take(), line);
    } else if (tokens.atType(LexemeType.NUMBER)) {
      return new ScriptNode(SyntaxType.NUMBER, tokens.take(), line);
    } else if (tokens.atType(LexemeType.NAME) && !KEYWORDS.contains(tokens.text())) {
      return new ScriptNode(SyntaxType.NAME, tokens.take(), line);
    } else if (tokens.skip("(")) {
      ScriptNode found = tokens.at(")") ? new ScriptNode(SyntaxType.LIST, "", line) : group();
      tokens.expect(")");
      return found;
    } else if (tokens.skip("[")) {
      return new ScriptNode(SyntaxType.LIST, "", line, list("]"));
    } else if (tokens.skip("{")) {
      return dictionary(line);
    }
    throw tokens.unexpected("an expression");
  }

  /** The content of parentheses: an expression, or the elements of a tuple. */
  private ScriptNode group() throws ArchiveException {
    int line = tokens.line();
    List<ScriptNode> all = new ArrayList<>();
    boolean tuple = false;
    do {
      all.add(argument());
      tuple |= tokens.at(",");
    } while (tokens.skip(",") && !tokens.at(")"));
    return tuple ? new ScriptNode(SyntaxType.LIST, "", line, all) : all.get(0);
  }

  private ScriptNode dictionary(int line) throws ArchiveException {
    List<ScriptNode> found = new ArrayList<>();
    while (!tokens.skip("}")) {
      found.add(expression());
      tokens.expect(":");
      found.add(expression());
      if (!tokens.at("}")) {
        tokens.expect(",");
      }
    }
    return new ScriptNode(SyntaxType.LIST, "", line, found);
  }
}
