package org.gantry.cli.runs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ErrorReport;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.services.CommandServices;
import org.gantry.components.ComponentException;
import org.gantry.drawing.GraphDrawing;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.report.ReportPage;
import org.gantry.training.CompositionException;

/** A page on runs, as several commands write it. */
record RunReportWriter(CommandServices services, Console console, List<RunFolder> runs) {

  /**
   * The run in a folder.
   *
   * @throws InvalidInputException if there is none
   */
  static RunFolder openRun(Path path) {
    try {
      return RunFolder.open(path);
    } catch (RunException e) {
      throw new InvalidInputException(e.getMessage(), "'gantry runs' lists runs.", e);
    }
  }

  /** The file for a page, made sure of before time is spent on the page. */
  static OutputFile requireWritablePage(Path file) {
    OutputFile output = new OutputFile("-o", file);
    output.ending(List.of(".html"));
    return output.requireWritable();
  }

  /** Writes the page and says where it is. */
  void write(OutputFile output) {
    Map<RunFolder, String> drawings = new LinkedHashMap<>();
    runs.forEach(run -> draw(run, drawings));
    output.write(new ReportPage(runs, drawings).html());
    console.out().println(output.path());
  }

  /** A run can be looked at where its plugins or its data are not; only its graph is missing. */
  private void draw(RunFolder run, Map<RunFolder, String> into) {
    try {
      ComposedRecipe composed = services.recipes().compose(run.recipe().toString(), List.of());
      into.put(run, new GraphDrawing(composed.name(), composed.graph().nodes()).svg());
    } catch (RecipeException | CompositionException | ComponentException e) {
      String reason = ErrorReport.of(e).parts().get(0).sentence();
      console
          .err()
          .printf(
              "note: the graph of %s is left out, for it cannot be composed here: %s%n",
              run.path(), reason);
    }
  }
}
