package org.gantry.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartTest {

  private static final Pattern TEXT =
      Pattern.compile(
          "<text x=\"([-0-9.]+)\" y=\"([-0-9.]+)\" text-anchor=\"(\\w+)\"( transform[^>]*)?"
              + " fill=[^>]*>([^<]*)<");

  private static Chart chart(ChartAxis across) {
    return new Chart("title", across, ChartAxis.linear(new ValueRange(-1e-4, 1e-4)));
  }

  private static List<MatchResult> texts(String svg) {
    return TEXT.matcher(svg).results().toList();
  }

  @Test
  void labelsAreNotCut() {
    List<String> names =
        IntStream.range(0, 12).mapToObj(i -> "a-variant-with-a-long-name-" + i).toList();
    for (ChartAxis across :
        List.of(
            ChartAxis.categories(names),
            ChartAxis.categories(names.subList(0, 1)),
            ChartAxis.linear(new ValueRange(0, 1e6)))) {
      for (MatchResult text : texts(chart(across).svg(460, 300))) {
        double width = TextWidth.of(text.group(5), Canvas.FONT_SIZE, false);
        boolean slanted = text.group(4) != null;
        double reach = slanted ? width * Math.cos(Math.toRadians(30)) : width;
        double x = Double.parseDouble(text.group(1));
        double left =
            x
                - (text.group(3).equals("end")
                    ? reach
                    : text.group(3).equals("middle") ? reach / 2 : 0);
        double drop = slanted ? width * Math.sin(Math.toRadians(30)) : 0;
        assertTrue(left >= 0, text.group());
        assertTrue(left + reach <= 460, text.group());
        assertTrue(Double.parseDouble(text.group(2)) + drop <= 300, text.group());
      }
    }
  }

  @Test
  void legendStandsBelowTheAxesAndInsideTheChart() {
    Chart chart = chart(ChartAxis.linear(new ValueRange(0, 4000)));
    for (int i = 0; i < 12; i++) {
      chart.addLegend("variant-of-some-length-" + i, SeriesStyle.of(i));
    }
    String svg = chart.svg(460, 300);
    List<MatchResult> entries =
        texts(svg).stream().filter(text -> text.group(5).startsWith("variant")).toList();
    assertEquals(12, entries.size());
    double lowestAxisLabel =
        texts(svg).stream()
            .filter(text -> text.group(5).equals("4000"))
            .mapToDouble(text -> Double.parseDouble(text.group(2)))
            .sum();
    for (MatchResult entry : entries) {
      double x = Double.parseDouble(entry.group(1));
      double y = Double.parseDouble(entry.group(2));
      assertTrue(y - 10 >= lowestAxisLabel, entry.group());
      assertTrue(y <= 300, entry.group());
      assertTrue(x + TextWidth.of(entry.group(5), Canvas.FONT_SIZE, false) <= 460, entry.group());
    }
  }

  @Test
  void singleSeriesHasNoLegend() {
    Chart chart = chart(ChartAxis.linear(new ValueRange(0, 1)));
    chart.addLegend("alone", SeriesStyle.of(0));
    assertFalse(chart.svg(460, 300).contains("alone"));
  }

  @Test
  void seriesDifferEvenWhenTheColoursRepeat() {
    assertEquals(16, IntStream.range(0, 16).mapToObj(SeriesStyle::of).distinct().toList().size());
  }

  @Test
  void shapesAreCutOffBeyondTheAxes() {
    Chart chart = chart(ChartAxis.linear(new ValueRange(0, 1)));
    chart.addDot(1, 0, 40, ChartColour.INK);
    BufferedImage image = chart.image(400, 400);
    assertEquals(0x333333, image.getRGB(380, 200) & 0xFFFFFF);
    assertEquals(0xFFFFFF, image.getRGB(392, 200) & 0xFFFFFF);
  }

  @Test
  void sameChartGivesTheSameText() {
    Chart chart = chart(ChartAxis.linear(new ValueRange(0, 1)));
    assertEquals(chart.svg(460, 300), chart.svg(460, 300));
  }
}
