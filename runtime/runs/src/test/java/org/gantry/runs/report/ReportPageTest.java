package org.gantry.runs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.training.DriftingGame;
import org.gantry.runs.training.RunResumption;
import org.gantry.runs.training.TinyRun;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

@TensorTest
class ReportPageTest {

  @TempDir Path directory;

  @Test
  void aPageShowsTheWholeRunAndLoadsNothing() throws Exception {
    DriftingGame game = new DriftingGame(40, 20, 2);
    RunFolder run = TinyRun.train(directory.resolve("run <1>"), game.composed());
    try (RunResumption resumption = game.resumption(run.path(), new Change("train.steps", "60"))) {
      resumption.run(new TrainingListener() {}, () -> false);
    }
    Files.writeString(
        run.evaluations(),
        """
        {"step":40,"figures":{"fid/fid":99}}
        {"step":60,"figures":{"fid/fid":12.5,"modes/kl":"NaN"}}
        """);
    Path file = directory.resolve("pages/report.html");

    new ReportPage(List.of(run), Map.of(run, "<svg/>")).write(file);

    String page = Files.readString(file);
    Document document = parsed(page);
    assertEquals("run <1>", document.getElementsByTagName("h1").item(0).getTextContent());
    assertTrue(page.contains("<th>state</th><td>done</td>"));
    assertTrue(page.contains("<th>fid/fid</th><td>12.5</td>"));
    assertTrue(page.contains("<th>modes/kl</th><td>NaN</td>"));
    assertTrue(page.contains("aria-label=\"generator/wobble\""));
    assertTrue(page.contains("train.steps from 40 to 60"));
    assertTrue(page.contains("gantry train recipe.yaml --set train.threads=1"));
    assertTrue(page.contains("<th>loss/tried</th><td>1.0.0</td><td>testkit 0.1.0</td>"));
    assertTrue(page.contains("checkpoint-every: 20"));
    assertEquals(List.of("30", "40", "60"), pictures(page, run));
    assertFalse(
        Pattern.compile("(src|href|url)\\W*=?\\W*(https?:)?//").matcher(page).find(),
        "everything is in the page");
  }

  @Test
  void severalRunsAreComparedSideBySide() throws Exception {
    RunFolder first = TinyRun.train(directory.resolve("a"), new DriftingGame(40, 20, 2).composed());
    RunFolder second =
        TinyRun.train(directory.resolve("b"), new DriftingGame(50, 20, 2).composed());
    RunFolder third =
        TinyRun.train(directory.resolve("c"), TinyRun.composed(new MeanDifferenceLoss()));

    String page = new ReportPage(List.of(first, second, third), Map.of()).html();

    parsed(page);
    assertTrue(page.contains("<tr><th>train.steps</th><td>40</td><td>50</td><td>—</td></tr>"));
    assertTrue(page.contains("<th>steps</th><td>40 of 40</td><td>50 of 50</td><td>8 of 8</td>"));
    assertTrue(
        page.contains(
            "<figcaption>b after step 50, averaged weights of the generator (tried)</figcaption>"));
    int chart = page.indexOf("aria-label=\"generator/game\"");
    String game = page.substring(chart, page.indexOf("</figure>", chart));
    assertTrue(game.contains("stroke=\"#2f74c0\"") && game.contains("stroke=\"#2e8b57\""), game);
    assertTrue(game.contains(">a</text>") && game.contains(">c</text>"), game);
  }

  @Test
  void aWideGraphShrinksToThePageAndHasAFullSize() throws Exception {
    ComposedRecipe composed = TinyRun.composed(new MeanDifferenceLoss());
    RunFolder run = RunFolder.create(directory.resolve("run"), composed);

    String page = new ReportPage(List.of(run), Map.of(run, "<svg width=\"5000\"/>")).html();

    assertTrue(page.contains(".paper img { display: block; margin: 0 auto; max-width: 100%;"));
    assertTrue(page.contains("<label><input type=\"checkbox\"> full size</label><img alt="));
  }

  @Test
  void aNewRunHasAPage() throws Exception {
    ComposedRecipe composed = TinyRun.composed(new MeanDifferenceLoss());
    RunFolder run = RunFolder.create(directory.resolve("run"), composed);

    parsed(new ReportPage(List.of(run), Map.of()).html());
  }

  @Test
  void aReportWithoutRunsIsRefused() {
    assertEquals(
        "a report needs at least one run",
        assertThrows(RunException.class, () -> new ReportPage(List.of(), Map.of())).getMessage());
  }

  /** The steps of the pictures in a page; compares each picture with the file of the run. */
  private static List<String> pictures(String page, RunFolder run) {
    Matcher matcher =
        Pattern.compile("after step (\\d+)[^\"]*\" src=\"data:image/png;base64,([^\"]+)\"")
            .matcher(page);
    return matcher
        .results()
        .map(
            picture -> {
              String step = picture.group(1);
              try {
                assertEquals(
                    -1,
                    Arrays.mismatch(
                        Files.readAllBytes(run.samples().resolve("step-0000" + step + ".png")),
                        Base64.getDecoder().decode(picture.group(2))));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
              return step;
            })
        .toList();
  }

  /** Parses the page as XML, after closing the void elements of HTML. */
  private static Document parsed(String page) throws Exception {
    String xml =
        page.replaceFirst("<!doctype html>", "").replaceAll("<(meta|img|input)([^>]*)>", "<$1$2/>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
