package org.gantry.cli.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.gantry.cli.console.TextTable;
import org.gantry.data.DataInventory;
import org.gantry.data.DataInventory.OmissionCause;
import org.gantry.data.DataInventory.OmittedFile;
import org.gantry.data.DatasetField;
import org.gantry.host.support.JsonText;

/**
 * A summary for people and as JSON.
 *
 * @param image the field that was read
 */
record SummaryText(DatasetSummary summary, DatasetField image) {

  private static final int MOST_LINES = 12;

  String json() {
    DataInventory inventory = summary.inventory();
    return JsonText.of(
            JsonText.object(
                "source", inventory.source(),
                "samples", inventory.pictures().size(),
                "shape", image.shape().toString(),
                "classes", summary.classCounts(),
                "formats", summary.formats(),
                "sizes", summary.sizes(),
                "enlarged", summary.enlarged(image),
                "grey", summary.grey(),
                "duplicates",
                    summary.duplicates().stream()
                        .map(group -> group.stream().map(summary::nameOf).toList())
                        .toList(),
                "omitted", inventory.omitted().stream().map(SummaryText::json).toList()))
        + "\n";
  }

  private static Map<String, Object> json(OmittedFile file) {
    return JsonText.object(
        "name", file.name(), "cause", file.cause().phrase(), "detail", file.detail());
  }

  String text(int width, boolean colour) {
    DataInventory inventory = summary.inventory();
    TextTable facts = TextTable.plain(0);
    facts.row("read as", image.shape() + " (channels, height, width)");
    facts.row("stored", listed(summary.sizes()));
    facts.row("formats", listed(summary.formats()));
    int enlarged = summary.enlarged(image);
    if (enlarged > 0) {
      facts.row("enlarged", "%,d are smaller than they are read".formatted(enlarged));
    }
    if (image.shape().dimension() == 3 && image.shape().get(0) == 3 && summary.grey() > 0) {
      facts.row("grey", "%,d of %,d".formatted(summary.grey(), inventory.pictures().size()));
    }
    if (!summary.classCounts().isEmpty()) {
      facts.row("classes", listed(summary.classCounts()));
    }
    facts.row("duplicates", duplicates());
    StringBuilder text = new StringBuilder(inventory.summary()).append("\n\n");
    text.append(facts.text(width, colour));
    List<OmittedFile> omitted =
        inventory.omitted().stream().filter(f -> f.cause() != OmissionCause.HIDDEN).toList();
    if (!omitted.isEmpty()) {
      TextTable files = TextTable.headed(0, "left out", "why");
      omitted.stream().limit(MOST_LINES).forEach(file -> files.row(file.name(), file.detail()));
      text.append('\n').append(files.text(width, colour));
      text.append(more(omitted.size()));
    }
    text.append(summary.duplicates().isEmpty() ? "" : "\n");
    for (List<Integer> group : summary.duplicates().stream().limit(MOST_LINES).toList()) {
      text.append(summary.isContradictory(group) ? "equal, in different classes: " : "equal: ");
      text.append(group.stream().limit(4).map(summary::nameOf).collect(Collectors.joining(", ")));
      text.append(group.size() > 4 ? ", ...\n" : "\n");
    }
    return text.append(more(summary.duplicates().size())).toString();
  }

  private static String more(int count) {
    return count > MOST_LINES
        ? String.format(Locale.ROOT, "and %,d more; --json lists all%n", count - MOST_LINES)
        : "";
  }

  private String duplicates() {
    return summary.duplicates().isEmpty()
        ? "none"
        : String.format(
            Locale.ROOT,
            "%,d of %,d equal an earlier one as they are read",
            summary.surplus(),
            summary.inventory().pictures().size());
  }

  private static String listed(Map<String, Integer> counts) {
    String first =
        counts.entrySet().stream()
            .limit(MOST_LINES)
            .map(
                entry ->
                    entry.getKey() + ": " + String.format(Locale.ROOT, "%,d", entry.getValue()))
            .collect(Collectors.joining(", "));
    return counts.size() > MOST_LINES
        ? first + String.format(Locale.ROOT, ", and %,d more", counts.size() - MOST_LINES)
        : first;
  }
}
