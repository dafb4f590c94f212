package org.gantry.experiments.definition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.experiments.definition.Claim.ComparisonOperator;
import org.gantry.recipes.text.DoubleRange;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;

/**
 * Parses claims.
 *
 * <pre>
 * claim     = sum relation sum
 * relation  = "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "="
 * sum       = product (("+" | "-") product)*
 * product   = factor (("*" | "/") factor)*
 * factor    = number | "-" factor | "(" sum ")" | "abs" "(" sum ")"
 *           | aggregate "(" variant "." metric ")"
 *           | "share" "(" variant "." metric relation sum ")"
 * aggregate = "mean" | "median" | "min" | "max"
 * </pre>
 */
final class ClaimParser {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>\\d+(\\.\\d+)?([eE][-+]?\\d{1,4})?)"
              + "|(?<name>[A-Za-z][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*)"
              + "|(?<sign><=|>=|≤|≥|[-+*/().<>=])|(?<end>$))");

  private static final String ABS = "abs";
  private static final String SHARE = "share";

  /** More than any useful claim needs, and few enough for the stack. */
  private static final int MAX_DEPTH = 50;

  private enum TokenType {
    NUMBER,
    NAME,
    SIGN,
    END
  }

  private record ClaimToken(TokenType type, String text, int at) {}

  /** Ends the parsing of an invalid claim. */
  private static final class ClaimSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int at;
    private final String fix;

    ClaimSyntaxException(int at, String message, String fix) {
      super(message);
      this.at = at;
      this.fix = fix;
    }
  }

  private final List<ClaimToken> tokens;
  private final Collection<String> variants;
  private final Collection<String> metrics;
  private int next;
  private int depth;

  private ClaimParser(
      List<ClaimToken> tokens, Collection<String> variants, Collection<String> metrics) {
    this.tokens = tokens;
    this.variants = variants;
    this.metrics = metrics;
  }

  /**
   * Parses a claim.
   *
   * @param text the claim
   * @param source where it was published
   * @param start the position of its first character
   * @param variants the labels of the experiment's variants
   * @param metrics the names of its metrics
   * @return the claim; empty if it is invalid, after adding a problem
   */
  static Optional<Claim> read(
      String text,
      String source,
      SourcePosition start,
      Collection<String> variants,
      Collection<String> metrics,
      ProblemCollector problems) {
    try {
      return Optional.of(new ClaimParser(tokens(text), variants, metrics).claim(text, source));
    } catch (ClaimSyntaxException e) {
      problems.add(
          start.atMark(start.line() - 1, start.column() - 1 + e.at), e.getMessage(), e.fix);
      return Optional.empty();
    }
  }

  private static List<ClaimToken> tokens(String text) throws ClaimSyntaxException {
    List<ClaimToken> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (true) {
      if (!matcher.region(at, text.length()).lookingAt()) {
        int bad = at + (int) text.substring(at).chars().takeWhile(Character::isWhitespace).count();
        throw new ClaimSyntaxException(
            bad,
            "A claim cannot contain " + MessageText.quoted(text.substring(bad, bad + 1)) + ".",
            "");
      }
      for (TokenType type : TokenType.values()) {
        String group = type.name().toLowerCase(Locale.ROOT);
        if (matcher.group(group) != null) {
          tokens.add(new ClaimToken(type, matcher.group(group), matcher.start(group)));
          if (type == TokenType.END) {
            return tokens;
          }
        }
      }
      at = matcher.end();
    }
  }

  private Claim claim(String text, String source) throws ClaimSyntaxException {
    ClaimFormula left = sum();
    ComparisonOperator relation = relation();
    ClaimFormula right = sum();
    if (peek().type() != TokenType.END) {
      throw expected("the end of the claim");
    }
    return new Claim(text, source, left, relation, right);
  }

  private ClaimFormula sum() throws ClaimSyntaxException {
    ClaimFormula sum = product();
    while (at("+") || at("-")) {
      boolean plus = take().text().equals("+");
      sum = ClaimFormula.of(sum, product(), plus ? (l, r) -> l + r : (l, r) -> l - r);
    }
    return sum;
  }

  private ClaimFormula product() throws ClaimSyntaxException {
    ClaimFormula product = factor();
    while (at("*") || at("/")) {
      boolean times = take().text().equals("*");
      product = ClaimFormula.of(product, factor(), times ? (l, r) -> l * r : ClaimParser::ratio);
    }
    return product;
  }

  /** Returns NaN for a division by zero, so that no claim holds because of an infinite value. */
  private static double ratio(double left, double right) {
    return right == 0 ? Double.NaN : left / right;
  }

  private ClaimFormula factor() throws ClaimSyntaxException {
    if (++depth > MAX_DEPTH) {
      throw new ClaimSyntaxException(
          peek().at(), "The claim is nested more than " + MAX_DEPTH + " deep.", "Simplify it.");
    }
    ClaimFormula factor = factorWithin();
    depth--;
    return factor;
  }

  private ClaimFormula factorWithin() throws ClaimSyntaxException {
    if (peek().type() == TokenType.NUMBER) {
      return constant(take());
    } else if (at("-")) {
      take();
      return ClaimFormula.of(ClaimFormula.constant(0), factor(), (zero, x) -> zero - x);
    } else if (at("(")) {
      return bracketed();
    } else if (peek().type() == TokenType.NAME) {
      return function();
    }
    throw expected("a number or a function");
  }

  private static ClaimFormula constant(ClaimToken token) throws ClaimSyntaxException {
    BigDecimal number = new BigDecimal(token.text());
    if (!DoubleRange.contains(number)) {
      throw new ClaimSyntaxException(
          token.at(),
          "A number of a claim must be "
              + DoubleRange.describeFor(number)
              + ", not "
              + token.text()
              + ".",
          "");
    }
    return ClaimFormula.constant(number.doubleValue());
  }

  private ClaimFormula bracketed() throws ClaimSyntaxException {
    require("(");
    ClaimFormula inner = sum();
    require(")");
    return inner;
  }

  private ClaimFormula function() throws ClaimSyntaxException {
    ClaimToken name = take();
    if (name.text().equals(ABS)) {
      return ClaimFormula.of(bracketed(), ClaimFormula.constant(0), (x, zero) -> Math.abs(x));
    }
    List<String> functions = new ArrayList<>(TrialAggregate.names());
    functions.add(SHARE);
    if (!functions.contains(name.text())) {
      functions.add(ABS);
      throw new ClaimSyntaxException(
          name.at(),
          "There is no function " + MessageText.quoted(name.text()) + ".",
          NearestName.suggestion(name.text(), functions)
              + "Functions: "
              + MessageText.quoted(functions, "and")
              + ".");
    }
    require("(");
    String variant = known("variant", variants);
    require(".");
    String metric = known("metric", metrics);
    ClaimFormula formula;
    if (name.text().equals(SHARE)) {
      formula = ClaimFormula.share(variant, metric, relation(), sum());
    } else {
      TrialAggregate aggregate = TrialAggregate.valueOf(name.text().toUpperCase(Locale.ROOT));
      formula = ClaimFormula.aggregate(variant, metric, aggregate::apply);
    }
    require(")");
    return formula;
  }

  private String known(String what, Collection<String> names) throws ClaimSyntaxException {
    if (peek().type() != TokenType.NAME) {
      throw expected("the name of a " + what);
    }
    ClaimToken name = take();
    if (!names.contains(name.text())) {
      throw new ClaimSyntaxException(
          name.at(),
          "The experiment has no " + what + " " + MessageText.quoted(name.text()) + ".",
          NearestName.suggestion(name.text(), names)
              + "It has "
              + MessageText.quoted(List.copyOf(names), "and")
              + ".");
    }
    return name.text();
  }

  private ComparisonOperator relation() throws ClaimSyntaxException {
    String sign = peek().text().replace("≤", "<=").replace("≥", ">=");
    for (ComparisonOperator relation : ComparisonOperator.values()) {
      if (relation.sign().equals(sign)) {
        take();
        return relation;
      }
    }
    throw expected("one of <, <=, >, >= and =");
  }

  private void require(String sign) throws ClaimSyntaxException {
    if (!at(sign)) {
      throw expected(MessageText.quoted(sign));
    }
    take();
  }

  private ClaimSyntaxException expected(String what) {
    ClaimToken found = peek();
    String instead =
        found.type() == TokenType.END ? "the claim ends" : MessageText.quoted(found.text());
    return new ClaimSyntaxException(
        found.at(),
        "Here "
            + what
            + " is expected, but "
            + instead
            + (found.type() == TokenType.END ? "." : " is found."),
        "");
  }

  private boolean at(String sign) {
    return peek().type() == TokenType.SIGN && peek().text().equals(sign);
  }

  private ClaimToken peek() {
    return tokens.get(next);
  }

  private ClaimToken take() {
    return tokens.get(next++);
  }
}
