package org.gantry.runs.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;

/**
 * An HTML page on one run, or on several side by side. It is one file without external resources.
 *
 * @param runs in the order in which to show them; at least one
 * @param drawings the training graphs as SVG, by run; may be empty
 */
public record ReportPage(List<RunFolder> runs, Map<RunFolder, String> drawings) {

  /** Checks and copies the runs. */
  public ReportPage {
    if (runs.isEmpty()) {
      throw new RunException("a report needs at least one run");
    }
    runs = List.copyOf(runs);
    drawings = Map.copyOf(drawings);
  }

  /**
   * Writes the page.
   *
   * @param file replaced if it exists; missing parents are created
   * @throws RunException if a run cannot be read or the page cannot be written
   */
  public void write(Path file) {
    byte[] page = html().getBytes(StandardCharsets.UTF_8);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFiles.write(file, page);
    } catch (IOException e) {
      throw new RunException("cannot write the report " + file + ": " + ErrorText.of(e), e);
    }
  }

  /**
   * The page as HTML.
   *
   * @throws RunException if a run cannot be read
   */
  public String html() {
    String title =
        Html.escaped(runs.stream().map(RunFolder::name).collect(Collectors.joining(", ")));
    ResultsSection results = new ResultsSection(runs);
    ReproductionSection reproduction = new ReproductionSection(runs);
    try {
      return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
          + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
          + Html.element("title", title)
          + Html.element("style", style())
          + "</head><body>"
          + Html.element("h1", title)
          + results.summary()
          + reproduction.variations()
          + results.curves()
          + results.samples()
          + reproduction.graphs(drawings)
          + reproduction.recipes()
          + reproduction.history()
          + reproduction.environment()
          + reproduction.reproduction()
          + "</body></html>\n";
    } catch (IOException e) {
      throw new RunException("cannot read the run: " + ErrorText.of(e), e);
    }
  }

  private static String style() throws IOException {
    try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
