package org.gantry.plugin.emoji;

import jakarta.inject.Inject;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.gantry.data.IndexedDataset;
import org.gantry.data.WordVocabulary;

/**
 * 2,465 emoji on white. The fields are {@code image}, the emoji in the chosen style; {@code line},
 * the same drawing as grey line art; {@code caption}, its name of up to {@value #WORDS} words; and
 * {@code label}, its group. On request there is also the same emoji by the other artist, named
 * {@code color} or {@code twemoji}. Images have shape (channels, size, size) and values in [-1, 1].
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "emoji",
    summary = "2,465 emoji in colour and as line art, with captions; 1,893 also from Twemoji",
    gives = {DatasetField.IMAGE, "line", DatasetField.CAPTION, DatasetField.LABEL})
final class EmojiDataset implements IndexedDataset {

  private static final String LINE = "line";

  /** The number of words in the longest caption. */
  private static final int WORDS = 8;

  record Options(
      @Description("the style of image: color or line (grey) from OpenMoji, or twemoji (color)")
          @DefaultValue("color")
          SpriteSheet style,
      @Description(
              "whether to keep the emoji of both artists only, each sample with the emoji of the"
                  + " other one as well")
          @DefaultValue("false")
          boolean counterpart,
      @Description(
              "the part of the data, by code point: train (nine tenths), test (the rest) or"
                  + " all")
          @DefaultValue("train")
          DatasetSplit split,
      @Description(
              "the groups to keep, such as smileys-emotion; labels follow this order; empty"
                  + " for all")
          @DefaultValue("[]")
          List<String> groups,
      @Description("the side in pixels: 64, 32 or 16") @DefaultValue("64") int size) {}

  /** What the parts of the data share; image i shows drawing i. */
  private record Source(
      List<EmojiDrawing> drawings,
      ByteImages images,
      ByteImages lines,
      Optional<ByteImages> counterparts,
      List<float[]> captions,
      List<DatasetField> fields) {

    /** The indices of the drawings in a part of the data. */
    private List<Integer> part(DatasetSplit split) {
      return IntStream.range(0, drawings.size())
          .filter(i -> split.contains(drawings.get(i).codePoint()))
          .boxed()
          .toList();
    }
  }

  private final Source source;
  private final DatasetSplit split;
  private final List<Integer> part;

  @Inject
  EmojiDataset(Options options) {
    this(read(options), options.split());
    if (part.isEmpty()) {
      throw new UnusableComponentException(
          "style %s has no emoji of %s in this split"
              .formatted(options.style(), String.join(", ", options.groups())));
    }
  }

  private EmojiDataset(Source source, DatasetSplit split) {
    this.source = source;
    this.split = split;
    this.part = source.part(split);
  }

  private static Source read(Options options) {
    if (!List.of(16, 32, 64).contains(options.size())) {
      throw new UnusableComponentException("size must be 64, 32 or 16, not " + options.size());
    }
    SpriteSheet style = options.style();
    Optional<SpriteSheet> other =
        options.counterpart() ? Optional.of(style.otherArtist()) : Optional.empty();
    List<EmojiDrawing> all = EmojiDrawing.readIndex();
    List<String> groups = groups(options.groups(), all);
    List<EmojiDrawing> drawings =
        all.stream()
            .filter(d -> groups.contains(d.group()))
            .filter(d -> d.twemoji() || (style != SpriteSheet.TWEMOJI && other.isEmpty()))
            .toList();
    ByteImages lines = SpriteSheet.LINE.read(drawings, options.size());
    ByteImages images = style == SpriteSheet.LINE ? lines : style.read(drawings, options.size());
    Optional<ByteImages> counterparts = other.map(sheet -> sheet.read(drawings, options.size()));
    WordVocabulary vocabulary = WordVocabulary.of(all.stream().map(EmojiDrawing::caption).toList());
    List<DatasetField> fields = new ArrayList<>();
    fields.add(images.field(DatasetField.IMAGE));
    fields.add(lines.field(LINE));
    counterparts.ifPresent(
        pictures ->
            fields.add(
                DatasetField.image(
                    other.orElseThrow().fieldName(),
                    pictures.channels(),
                    pictures.height(),
                    pictures.width())));
    fields.add(DatasetField.text(DatasetField.CAPTION, vocabulary, WORDS));
    fields.add(DatasetField.label(groups));
    List<float[]> captions =
        vocabulary.encode(drawings.stream().map(EmojiDrawing::caption).toList(), WORDS);
    return new Source(drawings, images, lines, counterparts, captions, List.copyOf(fields));
  }

  private static List<String> groups(List<String> chosen, List<EmojiDrawing> drawings) {
    List<String> known = drawings.stream().map(EmojiDrawing::group).distinct().toList();
    for (String group : chosen) {
      if (!known.contains(group)) {
        throw new UnusableComponentException(
            "emoji have no group '%s'; the groups are %s"
                .formatted(group, String.join(", ", known)));
      }
    }
    return chosen.isEmpty() ? known : chosen.stream().distinct().toList();
  }

  @Override
  public List<DatasetField> fields() {
    return source.fields();
  }

  @Override
  public Optional<Dataset> heldOut() {
    return split == DatasetSplit.TRAIN
        ? Optional.of(new EmojiDataset(source, DatasetSplit.TEST))
        : Optional.empty();
  }

  @Override
  public int size() {
    return part.size();
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    int drawing = part.get(index);
    switch (field.name()) {
      case DatasetField.IMAGE -> source.images().read(drawing, into);
      case LINE -> source.lines().read(drawing, into);
      case DatasetField.CAPTION -> into.put(source.captions().get(drawing));
      case DatasetField.LABEL ->
          into.put(field.classNames().indexOf(source.drawings().get(drawing).group()));
      default -> source.counterparts().orElseThrow().read(drawing, into);
    }
  }

  @Override
  public String caption(int index) {
    return source.drawings().get(part.get(index)).caption();
  }
}
