package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin with a kind of its own, whose components are options of others. */
class AddedKindTest {

  private static final String IMPORTS =
      "ai.djl.ndarray,jakarta.inject,jakarta.validation.constraints,org.gantry.component,"
          + "org.gantry.loss";

  @TempDir static Path shared;
  private static Path classes;

  @TempDir Path folder;
  private Product gantry;

  @BeforeAll
  static void compile() {
    classes =
        TestPluginJar.compile(
            shared,
            Map.of(
                "Tokenizer",
                """
                import java.util.List;
                import org.gantry.component.KindInterface;

                @KindInterface(kind = "tokenizer", summary = "Nothing.")
                public interface Tokenizer {
                  List<String> split(String text);
                }
                """,
                "Blanks",
                """
                import java.util.List;
                import org.gantry.component.Component;

                @Component(kind = "tokenizer", name = "blanks", summary = "Nothing.")
                public final class Blanks implements Tokenizer {
                  @Override
                  public List<String> split(String text) {
                    return List.of(text.split(" "));
                  }
                }
                """,
                "letters/Letters",
                """
                import java.util.List;
                import org.acme.parts.Tokenizer;
                import org.gantry.component.Component;

                @Component(kind = "tokenizer", name = "letters", summary = "Nothing.")
                public final class Letters implements Tokenizer {
                  @Override
                  public List<String> split(String text) {
                    return List.of(text.split(""));
                  }
                }
                """,
                "Tokenized",
                loss("tokenized", "@DefaultValue(\"blanks\") Tokenizer tokenizer"),
                "Floats",
                loss("floats", "@DefaultValue(\"[]\") float[] tokenizer"),
                "Matched",
                loss(
                    "matched",
                    "@DefaultValue(\"a\") @jakarta.validation.constraints.Pattern(regexp = \"a\")"
                        + " String tokenizer")));
  }

  private static String loss(String name, String option) {
    return """
    import ai.djl.ndarray.NDArray;
    import jakarta.inject.Inject;
    import org.gantry.component.Component;
    import org.gantry.component.DefaultValue;
    import org.gantry.loss.ScoreLoss;

    @Component(kind = "loss", name = "%s", summary = "Nothing.")
    public final class %s implements ScoreLoss {
      public record Options(%s) {}

      @Inject
      public %s(Options options) {}

      @Override
      public NDArray discriminatorLoss(NDArray real, NDArray fake) {
        return fake.mean().sub(real.mean());
      }

      @Override
      public NDArray generatorLoss(NDArray fake) {
        return fake.mean().neg();
      }
    }
    """
        .formatted(name, typeOf(name), option, typeOf(name));
  }

  private static String typeOf(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  @BeforeEach
  void useAStateOfItsOwn() {
    gantry =
        Product.packed()
            .inDirectory(folder)
            .withEnvironment("GANTRY_STATE", folder.resolve("state").toString());
  }

  private Path kinds() {
    return TestPluginJar.bundle("org.acme.kinds", "1.0.0", classes)
        .header("Import-Package", IMPORTS)
        .header("Export-Package", "org.acme.parts;version=\"1.0.0\"")
        .capability(
            "gantry.kind;type=\"%s\";gantry.kind=tokenizer;summary=\"Nothing.\""
                .formatted(TestPluginJar.className("Tokenizer")))
        .type("Tokenizer")
        .type("Blanks")
        .type("Tokenized")
        .component("tokenizer", "blanks", "Blanks")
        .component("loss", "tokenized", "Tokenized")
        .pack(folder.resolve("kinds.jar"));
  }

  private Path letters(Path jar) {
    return TestPluginJar.bundle("org.acme.letters", "1.0.0", classes)
        .header("Import-Package", "org.acme.parts;version=\"[1,2)\",org.gantry.component")
        .type("letters/Letters")
        .component("tokenizer", "letters", "letters/Letters")
        .pack(jar);
  }

  private Product.CommandResult install(Path jar) {
    return gantry.run("plugins", "install", jar.toString(), "--allow-unsigned", "--yes");
  }

  private static void assertDone(Product.CommandResult answer) {
    assertEquals(0, answer.exitCode(), answer.err());
  }

  @Test
  void aRecipeTakesComponentsOfTheKindAndInstallsTheirPlugins() throws IOException {
    assertDone(install(kinds()));
    Product.CommandResult described = gantry.run("describe", "loss/tokenized");
    assertDone(described);
    assertTrue(described.out().contains("tokenizer"), described.out());
    assertTrue(gantry.run("describe", "tokenizer").out().contains("blanks"));

    assertDone(
        gantry.run("train", "ring", "--steps", "2", "--set", "loss=tokenized", "--out", "usual"));
    String recipe = Files.readString(folder.resolve("usual/recipe.yaml"));
    assertTrue(recipe.contains("tokenizer: org.acme.kinds/blanks@1.0.0"), recipe);
    String lock = Files.readString(folder.resolve("usual/plugins.lock.json"));
    assertTrue(lock.contains("\"kind\" : \"tokenizer\""), lock);

    Path repository = Files.createDirectory(folder.resolve("repository"));
    TestSigner acme = TestSigner.as("Acme", folder);
    acme.sign(letters(repository.resolve("letters.jar")));
    Path certificate = acme.certificate(folder.resolve("acme.cer"));
    assertDone(gantry.run("plugins", "trust", "add", certificate.toString()));
    assertDone(gantry.run("repository", "index", repository.toString()));
    assertDone(gantry.run("repository", "add", repository.toString()));
    String[] training = {
      "train",
      "ring",
      "--steps",
      "2",
      "--set",
      "loss={tokenized: {tokenizer: letters}}",
      "--out",
      "nested"
    };
    Product.CommandResult missing = gantry.run(training);
    assertEquals(2, missing.exitCode(), missing.err());
    assertTrue(missing.err().contains("The plugin org.acme.letters of "), missing.err());
    String[] installing = Arrays.copyOf(training, training.length + 2);
    installing[training.length] = "--install";
    installing[training.length + 1] = "--yes";
    assertDone(gantry.run(installing));
    recipe = Files.readString(folder.resolve("nested/recipe.yaml"));
    assertTrue(recipe.contains("tokenizer: org.acme.letters/letters@1.0.0"), recipe);
  }

  @Test
  void optionsThatRecipesCannotWriteAreRefusedWhenThePluginIsInstalled() {
    assertRefused(
        "floats",
        "loss/floats 1.0.0 of bundle org.acme.floats 1.0.0 does not work: the option 'tokenizer' is wrong: the"
            + " type float[] cannot be used; use int, long, double,");
    assertRefused(
        "matched",
        "loss/matched 1.0.0 of bundle org.acme.matched 1.0.0 does not work: the option 'tokenizer' is wrong: the"
            + " constraint @Pattern is not supported; use @Positive,");
    assertFalse(gantry.run("plugins", "list").out().contains("org.acme"));
  }

  private void assertRefused(String name, String problem) {
    Path jar =
        TestPluginJar.withLoss("org.acme." + name, "1.0.0", classes, typeOf(name), name)
            .header("Import-Package", IMPORTS)
            .pack(folder.resolve(name + ".jar"));
    Product.CommandResult refused = install(jar);
    assertEquals(1, refused.exitCode(), refused.err());
    assertTrue(refused.err().contains(problem), refused.err());
  }
}
