package org.gantry.torchscript;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gantry.torchscript.ScriptNode.SyntaxType;
import org.gantry.torchscript.ScriptToken.LexemeType;

/** Reads the statements of a script. It knows those that a network can consist of. */
final class ScriptParser {

  private static final Set<String> UNKNOWN =
      Set.of(
          "import",
          "from",
          "with",
          "lambda",
          "try",
          "global",
          "nonlocal",
          "yield",
          "async",
          "await",
          "assert",
          "del",
          "raise");

  private final TokenCursor tokens;
  private final ExpressionParser expressions;

  private ScriptParser(TokenCursor tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  /**
   * Reads a source.
   *
   * @param file for messages
   * @return a block of classes and functions
   * @throws ArchiveException if the source contains another statement
   */
  static ScriptNode parse(String file, String source) throws ArchiveException {
    TokenCursor tokens = new TokenCursor(file, ScriptLexer.tokens(file, source));
    List<ScriptNode> found = new ArrayList<>();
    ScriptParser parser = new ScriptParser(tokens);
    while (!tokens.atType(LexemeType.END)) {
      found.add(tokens.at("class") ? parser.type() : parser.function());
    }
    return new ScriptNode(SyntaxType.BLOCK, "", 1, found);
  }

  private ScriptNode type() throws ArchiveException {
    int line = tokens.line();
    tokens.expect("class");
    String name = tokens.name();
    List<ScriptNode> bases = tokens.skip("(") ? expressions.list(")") : List.<ScriptNode>of();
    return new ScriptNode(
        SyntaxType.CLASS,
        name,
        line,
        new ScriptNode(SyntaxType.LIST, "", line, bases),
        block(true));
  }

  private ScriptNode function() throws ArchiveException {
    int line = tokens.line();
    tokens.expect("def");
    String name = tokens.name();
    tokens.expect("(");
    List<ScriptNode> children = new ArrayList<>();
    while (!tokens.skip(")")) {
      children.add(parameter());
      if (!tokens.at(")")) {
        tokens.expect(",");
      }
    }
    children.add(optional("->"));
    children.add(block(false));
    return new ScriptNode(SyntaxType.FUNCTION, name, line, children);
  }

  private ScriptNode parameter() throws ArchiveException {
    int line = tokens.line();
    tokens.skip("*");
    String name = tokens.name();
    ScriptNode type = optional(":");
    return new ScriptNode(SyntaxType.PARAMETER, name, line, type, optional("="));
  }

  /** A list of the expression after a symbol; empty without the symbol. */
  private ScriptNode optional(String symbol) throws ArchiveException {
    int line = tokens.line();
    return tokens.skip(symbol)
        ? new ScriptNode(SyntaxType.LIST, "", line, expressions.expression())
        : new ScriptNode(SyntaxType.LIST, "", line);
  }

  private ScriptNode block(boolean ofClass) throws ArchiveException {
    int line = tokens.line();
    tokens.expect(":");
    List<ScriptNode> statements = new ArrayList<>();
    if (tokens.skipType(LexemeType.NEWLINE)) {
      tokens.expectType(LexemeType.INDENT);
      tokens.enter();
      while (!tokens.skipType(LexemeType.DEDENT)) {
        statements.add(ofClass && tokens.at("def") ? function() : statement());
      }
      tokens.leave();
    } else {
      statements.add(simpleStatement());
    }
    return new ScriptNode(SyntaxType.BLOCK, "", line, statements);
  }

  private ScriptNode statement() throws ArchiveException {
    int line = tokens.line();
    if (tokens.skip("if")) {
      return condition(line);
    } else if (tokens.skip("for")) {
      ScriptNode target = expressions.loopTargets();
      tokens.expect("in");
      ScriptNode iterated = expressions.expression();
      return new ScriptNode(SyntaxType.FOR, "", line, target, iterated, block(false));
    } else if (tokens.skip("while")) {
      return new ScriptNode(SyntaxType.WHILE, "", line, expressions.expression(), block(false));
    }
    return simpleStatement();
  }

  private ScriptNode condition(int line) throws ArchiveException {
    List<ScriptNode> children = new ArrayList<>(List.of(expressions.expression(), block(false)));
    int next = tokens.line();
    if (tokens.skip("elif")) {
      children.add(new ScriptNode(SyntaxType.BLOCK, "", next, condition(next)));
    } else if (tokens.skip("else")) {
      children.add(block(false));
    }
    return new ScriptNode(SyntaxType.IF, "", line, children);
  }

  private ScriptNode simpleStatement() throws ArchiveException {
    int line = tokens.line();
    ScriptNode statement;
    if (tokens.skip("pass") || tokens.skip("break") || tokens.skip("continue")) {
      statement = new ScriptNode(SyntaxType.BLOCK, "", line);
    } else if (tokens.skip("return")) {
      boolean empty = tokens.atType(LexemeType.NEWLINE);
      statement =
          new ScriptNode(
              SyntaxType.RETURN, "", line, empty ? List.of() : List.of(expressions.targets()));
    } else if (UNKNOWN.contains(tokens.text())) {
      throw tokens.unexpected("a statement of a network");
    } else {
      statement = assignment(line);
    }
    tokens.expectType(LexemeType.NEWLINE);
    return statement;
  }

  private ScriptNode assignment(int line) throws ArchiveException {
    ScriptNode first = expressions.targets();
    if (tokens.skip(":")) {
      ScriptNode type = expressions.expression();
      return tokens.skip("=")
          ? new ScriptNode(SyntaxType.DECLARATION, "", line, first, type, expressions.targets())
          : new ScriptNode(SyntaxType.DECLARATION, "", line, first, type);
    }
    String operator = tokens.text();
    if (operator.length() > 1 && operator.endsWith("=") && tokens.skip(operator)) {
      ScriptNode value = expressions.targets();
      return new ScriptNode(
          SyntaxType.ASSIGNMENT,
          "",
          line,
          first,
          new ScriptNode(SyntaxType.OPERATION, operator, line, first, value));
    }
    List<ScriptNode> parts = new ArrayList<>(List.of(first));
    while (tokens.skip("=")) {
      parts.add(expressions.targets());
    }
    return new ScriptNode(
        parts.size() == 1 ? SyntaxType.STATEMENT : SyntaxType.ASSIGNMENT, "", line, parts);
  }
}
