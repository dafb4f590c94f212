package org.gantry.cli.runs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ErrorReport;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.services.CommandServices;
import org.gantry.components.ComponentException;
import org.gantry.drawing.GraphDrawing;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.report.ReportPage;
import org.gantry.training.CompositionException;

/** Writes the HTML report on runs. */
record RunReportWriter(CommandServices services, Console console, List<RunFolder> runs) {

  /** Checks that a report can be written to a file. */
  static OutputFile requireWritablePage(Path file) {
    OutputFile output = new OutputFile("-o", file);
    output.ending(List.of(".html"));
    return output.requireWritable();
  }

  /** Writes the report and prints its path. */
  void write(OutputFile output) {
    Map<RunFolder, String> drawings = new LinkedHashMap<>();
    runs.forEach(run -> draw(run, drawings));
    output.write(new ReportPage(runs, drawings).html());
    console.out().println(output.path());
  }

  /**
   * Draws the graph of a run. Without the run's plugins or data, the report leaves the graph out.
   */
  private void draw(RunFolder run, Map<RunFolder, String> into) {
    try {
      ComposedRecipe composed = services.recipes().compose(run.recipe().toString(), List.of());
      into.put(run, new GraphDrawing(composed.name(), composed.graph().nodes()).svg());
    } catch (RecipeException | CompositionException | ComponentException e) {
      String reason = ErrorReport.of(e).parts().get(0).sentence();
      console
          .err()
          .printf(
              "note: the report leaves out the graph of %s because its recipe cannot be composed:"
                  + " %s%n",
              run.path(), reason);
    }
  }
}
