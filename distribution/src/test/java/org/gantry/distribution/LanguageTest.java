package org.gantry.distribution;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Types have distinct names of mostly two words, and prose is plain English. */
class LanguageTest {

  private static final Pattern ONE_WORD = Pattern.compile("[A-Z][a-z0-9]*");

  private static final double ONE_WORD_LIMIT = 0.3;

  /** A type of main code. */
  private record DeclaredType(String name, String qualifiedName, boolean ofHost) {}

  /** A phrase to avoid. */
  private record Phrase(Pattern pattern, String instead) {}

  private static Phrase avoid(String regex, String instead) {
    return new Phrase(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), instead);
  }

  /** The phrases to avoid, and what to write instead. */
  private static final List<Phrase> PHRASES =
      List.of(
          avoid(
              "(?<!\\bthere )\\b(is|are|was|were) no\\b"
                  + "(?! (longer|more|less|better|worse|larger|smaller|greater|fewer)\\b)",
              "'is not a', 'has no' or 'there is no'"),
          avoid(
              ", for (it|they|this|that|there|he|she|what|a|an|the)( \\w+)?"
                  + " (is|are|was|has|have|would|can|could|will)\\b",
              "'because'"),
          avoid("\\banew\\b", "'again'"),
          avoid("\\bwhoever\\b", "'the user' or who it is"),
          avoid("\\b(some|no|any)body\\b", "'the user', 'a plugin', 'no plugin' or who it is"),
          avoid("\\b(told|tells|tell) of\\b", "'reports', 'records' or 'mentions'"),
          avoid("\\bbeside\\b", "'next to', 'with' or 'in addition to'"),
          avoid("\\bof none\\b", "'of no' and what it is"),
          avoid("\\bare least\\b", "'needs at least'"),
          avoid(
              "\\b(as|than|like) [\\w' ]{1,40} (has|have|had) it\\b",
              "'as in' or 'as described in'"),
          avoid("\\bwhom? (has|have|was|were) asked\\b", "who it is"),
          avoid("\\bcame damaged\\b", "'is corrupt'"),
          avoid("\\bthat of\\b[^.;:]{0,60}\\b(that|those) of\\b", "the noun"),
          avoid("\\bwhat is (gone|wanted|kept|said)\\b", "the noun"),
          avoid("\\bof its own\\b[^.;:]{0,80}\\bof its own\\b", "'own' once"),
          avoid("\\bas it were\\b", "what is meant"),
          avoid("\\bin force\\b", "'valid' or 'applied'"),
          avoid("\\b(ere|hitherto|lest|amiss|nought|thereof)\\b", "a modern word"));

  private static List<DeclaredType> types;

  @BeforeAll
  static void parse() throws IOException {
    types = mainTypes();
  }

  @Test
  void noTwoHostTypesShareASimpleName() {
    Map<String, List<String>> byName =
        types.stream()
            .filter(DeclaredType::ofHost)
            .filter(type -> !type.name().equals("Activator"))
            .collect(
                groupingBy(
                    DeclaredType::name,
                    TreeMap::new,
                    mapping(DeclaredType::qualifiedName, toList())));
    byName.values().removeIf(types -> types.size() == 1);
    assertEquals(Map.of(), byName, "rename all but one of the types of each name");
  }

  @Test
  void mostTypesHaveANameOfTwoWords() {
    List<String> oneWord =
        types.stream()
            .filter(type -> ONE_WORD.matcher(type.name()).matches())
            .map(DeclaredType::qualifiedName)
            .toList();
    double share = oneWord.size() / (double) types.size();
    assertTrue(
        share < ONE_WORD_LIMIT,
        () ->
            "%.1f %% of the types have a name of one word, the limit is %.0f %%; rename some of %s"
                .formatted(100 * share, 100 * ONE_WORD_LIMIT, oneWord));
  }

  @Test
  void proseIsPlainEnglish() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files()) {
      String name = Product.sources().relativize(file).toString();
      for (Prose prose : prose(file)) {
        for (Phrase phrase : PHRASES) {
          Matcher matcher = phrase.pattern().matcher(prose.text());
          while (matcher.find()) {
            found.add(
                "%s:%d: '%s'; write %s"
                    .formatted(
                        name, prose.line(matcher.start()), matcher.group(), phrase.instead()));
          }
        }
      }
    }
    assertEquals("", String.join("\n", found));
  }

  @Test
  void proseIsFoundAcrossLinesCommentsAndLiterals() {
    String source =
        """
        /** A gap is
         * no hole. */
        class Gap {
          // It starts
          // anew.
          char quote = '"';
          String message = "it lies be" + "side it";
          String key = "beside";
        }
        """;
    List<Prose> prose = Prose.ofJava(source);
    assertEquals(
        List.of("A gap is no hole. ", "It starts anew. ", "it lies beside it"),
        prose.stream().map(Prose::text).toList());
    assertEquals(2, prose.get(0).line(prose.get(0).text().indexOf("no hole")));
    assertEquals(5, prose.get(1).line(prose.get(1).text().indexOf("anew")));
  }

  private static List<Prose> prose(Path file) throws IOException {
    String text = Files.readString(file);
    return switch (extension(file)) {
      case "java" -> Prose.ofJava(text);
      case "md" -> Prose.ofMarkdown(text);
      default -> Prose.ofText(text);
    };
  }

  private static List<Path> files() throws IOException {
    List<String> extensions = List.of("java", "md", "yaml", "yml", "xml");
    try (Stream<Path> files = Files.walk(Product.sources())) {
      return files
          .filter(file -> extensions.contains(extension(file)))
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("/target/"))
          .filter(file -> !file.endsWith("LanguageTest.java"))
          .sorted()
          .toList();
    }
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Returns the types of main code, nested ones included. */
  private static List<DeclaredType> mainTypes() throws IOException {
    List<Path> sources =
        files().stream()
            .filter(file -> file.toString().contains("/src/main/java/"))
            .filter(file -> !file.toString().contains("/archetype/"))
            .filter(file -> !file.endsWith("package-info.java"))
            .toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<DeclaredType> types = new ArrayList<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources));
      for (CompilationUnitTree unit : task.parse()) {
        boolean ofHost = !unit.getSourceFile().toUri().getPath().contains("/plugins/");
        unit.accept(new TypeCollector(ofHost, types), unit.getPackageName() + ".");
      }
    }
    return types;
  }

  /** Collects the member types of a compilation unit. The argument is the enclosing name. */
  private static final class TypeCollector extends TreeScanner<Void, String> {

    private final boolean ofHost;
    private final List<DeclaredType> types;

    TypeCollector(boolean ofHost, List<DeclaredType> types) {
      this.ofHost = ofHost;
      this.types = types;
    }

    @Override
    public Void visitClass(ClassTree type, String enclosing) {
      String name = type.getSimpleName().toString();
      if (!name.isEmpty()) {
        types.add(new DeclaredType(name, enclosing + name, ofHost));
        super.visitClass(type, enclosing + name + ".");
      }
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, String enclosing) {
      return null;
    }

    @Override
    public Void visitBlock(BlockTree block, String enclosing) {
      return null;
    }
  }
}
