package org.gantry.plugin.emoji;

import jakarta.inject.Inject;
import java.nio.FloatBuffer;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.Default;
import org.gantry.component.Doc;
import org.gantry.component.Kind;
import org.gantry.component.Misfit;
import org.gantry.data.Field;
import org.gantry.data.Images;
import org.gantry.data.IndexedDataset;
import org.gantry.data.Split;

/**
 * 2,465 emoji on white, each as a picture in the chosen style ({@code image}), as line art of the
 * same drawing ({@code line}, grey), with its group ({@code label}) and a caption. Pictures have
 * the shape (channels, size, size) and values in [-1, 1].
 */
@Component(
    kind = Kind.DATASET,
    name = "emoji",
    summary = "2,465 emoji in colour, as line art and with captions; 1,893 by a second artist too",
    gives = {Field.IMAGE, "line", Field.LABEL})
final class EmojiDataset implements IndexedDataset {

  private static final String LINE = "line";

  record Options(
      @Doc("what image holds: color, line (grey), or twemoji (color, by a second artist)")
          @Default("color")
          SpriteSheet style,
      @Doc("which part, by code point: train (nine tenths), test (the rest) or all")
          @Default("train")
          Split split,
      @Doc("the groups to keep, such as smileys-emotion, numbered in this order; empty for all")
          @Default("[]")
          List<String> groups,
      @Doc("pixels a side: 64, 32 or 16") @Default("64") int size) {}

  private final List<EmojiDrawing> drawings;
  private final Images images;
  private final Images lines;
  private final Field image;
  private final Field line;
  private final Field label;

  @Inject
  EmojiDataset(Options options) {
    if (!List.of(16, 32, 64).contains(options.size())) {
      throw new Misfit("emoji come with 64, 32 or 16 pixels a side, not " + options.size());
    }
    List<EmojiDrawing> all = EmojiDrawing.readIndex();
    List<String> groups = groups(options.groups(), all);
    drawings =
        all.stream()
            .filter(d -> groups.contains(d.group()))
            .filter(d -> options.style() != SpriteSheet.TWEMOJI || d.twemoji())
            .filter(d -> options.split().holds(d.codePoint()))
            .toList();
    if (drawings.isEmpty()) {
      throw new Misfit(
          "no emoji of "
              + String.join(", ", groups)
              + " is in this split with style "
              + options.style());
    }
    int factor = SpriteSheet.TILE / options.size();
    lines = SpriteSheet.LINE.readTiles(drawings).shrink(factor);
    images =
        options.style() == SpriteSheet.LINE
            ? lines
            : options.style().readTiles(drawings).shrink(factor);
    image = images.field(Field.IMAGE);
    line = lines.field(LINE);
    label = Field.label(groups);
  }

  private static List<String> groups(List<String> chosen, List<EmojiDrawing> drawings) {
    List<String> known = drawings.stream().map(EmojiDrawing::group).distinct().toList();
    for (String group : chosen) {
      if (!known.contains(group)) {
        throw new Misfit(
            "there is no group '" + group + "' of emoji; there are " + String.join(", ", known));
      }
    }
    return chosen.isEmpty() ? known : chosen.stream().distinct().toList();
  }

  @Override
  public List<Field> fields() {
    return List.of(image, line, label);
  }

  @Override
  public int size() {
    return drawings.size();
  }

  @Override
  public void read(int index, Field field, FloatBuffer into) {
    switch (field.name()) {
      case Field.LABEL -> into.put(label.names().indexOf(drawings.get(index).group()));
      case LINE -> lines.read(index, into);
      default -> images.read(index, into);
    }
  }

  @Override
  public String caption(int index) {
    return drawings.get(index).caption();
  }
}
