package org.gantry.plugin.glyphs;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.awt.geom.Path2D;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

/**
 * The characters of fonts, black on white. The fields are {@code image}, of shape (1, size, size)
 * with values in [-1, 1]; the labels {@code font} and {@code character}; and, if a source font is
 * named, {@code source}, the same character in that font. The held-out part has characters that
 * training reads in no font.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "glyphs",
    summary = "The characters of fonts, from bundled fonts and from TTF and OTF files",
    gives = {DatasetField.IMAGE, "font", "character"})
final class GlyphsDataset implements IndexedDataset {

  private static final String FONT = "font";
  private static final String CHARACTER = "character";
  private static final String SOURCE = "source";

  record Options(
      @Description("the bundled fonts to draw: sans, slab, round, script and brush")
          @DefaultValue("[sans, slab, round, script, brush]")
          List<BundledFont> bundled,
      @Description("TTF and OTF files to draw, in addition to bundled fonts") @DefaultValue("[]")
          List<Path> files,
      @Description(
              "the font of the field source, such as sans, or the name of a file without its ending;"
                  + " it has no samples of its own; empty for no such field")
          @DefaultValue("")
          String source,
      @Description("the characters, with ranges") @DefaultValue("A-Za-z0-9") String characters,
      @Description("the side of an image in pixels") @DefaultValue("32") @Min(8) @Max(512) int size,
      @Description(
              "the part of the data, by character: train (nine tenths), test (the rest) or all")
          @DefaultValue("train")
          DatasetSplit split) {}

  /**
   * What the parts of the data share.
   *
   * @param images the images of each font, in the order of the characters
   * @param sources the images of the source font
   */
  private record Source(
      List<String> fonts,
      List<String> characters,
      List<ByteImages> images,
      Optional<ByteImages> sources,
      List<DatasetField> fields) {}

  private final Source source;
  private final DatasetSplit split;

  /** The characters of this part. */
  private final List<Integer> part;

  @Inject
  GlyphsDataset(Options options) {
    this(draw(options), options.split());
    if (part.isEmpty()) {
      throw new UnusableComponentException(
          "none of the characters is in the part %s; set split: all"
              .formatted(split.name().toLowerCase(Locale.ROOT)));
    }
  }

  private GlyphsDataset(Source source, DatasetSplit split) {
    this.source = source;
    this.split = split;
    this.part =
        IntStream.range(0, source.characters().size())
            .filter(i -> split.contains(source.characters().get(i)))
            .boxed()
            .toList();
  }

  private static Source draw(Options options) {
    List<FontOutlines> fonts = new ArrayList<>();
    options.bundled().forEach(font -> fonts.add(font.read()));
    options.files().forEach(file -> fonts.add(FontOutlines.read(file)));
    List<String> names = new ArrayList<>(fonts.stream().map(FontOutlines::name).toList());
    requireUsable(names, options.source());
    CharacterSet characters = CharacterSet.parse(options.characters());
    List<Map<Integer, Path2D>> outlines =
        fonts.stream().map(font -> font.outlines(characters)).toList();
    GlyphRenderer renderer = GlyphRenderer.of(options.size(), outlines);
    List<ByteImages> images =
        new ArrayList<>(outlines.stream().map(font -> draw(renderer, font)).toList());
    Optional<ByteImages> sources = Optional.empty();
    if (!options.source().isEmpty()) {
      sources = Optional.of(images.remove(names.indexOf(options.source())));
      names.remove(options.source());
    }
    List<DatasetField> fields = new ArrayList<>();
    fields.add(images.get(0).field(DatasetField.IMAGE));
    sources.ifPresent(drawn -> fields.add(drawn.field(SOURCE)));
    fields.add(DatasetField.label(FONT, names));
    fields.add(DatasetField.label(CHARACTER, characters.names()));
    return new Source(List.copyOf(names), characters.names(), images, sources, fields);
  }

  private static void requireUsable(List<String> names, String source) {
    if (new HashSet<>(names).size() < names.size()) {
      throw new UnusableComponentException(
          "two fonts have the same name: %s; rename a file".formatted(String.join(", ", names)));
    }
    if (!source.isEmpty() && !names.contains(source)) {
      throw new UnusableComponentException(
          "source is '%s', and the fonts are %s".formatted(source, String.join(", ", names)));
    }
    if (names.size() < (source.isEmpty() ? 1 : 2)) {
      throw new UnusableComponentException(
          source.isEmpty()
              ? "it needs a font; name one in bundled or files"
              : "its only font is the source; name another one in bundled or files");
    }
  }

  private static ByteImages draw(GlyphRenderer renderer, Map<Integer, Path2D> font) {
    int size = renderer.size();
    return ByteImages.deferred(font.size(), 1, size, size, () -> drawAll(renderer, font));
  }

  private static byte[] drawAll(GlyphRenderer renderer, Map<Integer, Path2D> font) {
    int length = renderer.size() * renderer.size();
    byte[] values = new byte[font.size() * length];
    double scale = renderer.scale(font);
    int at = 0;
    for (Path2D glyph : font.values()) {
      System.arraycopy(renderer.draw(glyph, scale), 0, values, at, length);
      at += length;
    }
    return values;
  }

  @Override
  public List<DatasetField> fields() {
    return source.fields();
  }

  @Override
  public Optional<Dataset> heldOut() {
    return Optional.of(new GlyphsDataset(source, DatasetSplit.TEST))
        .filter(held -> split == DatasetSplit.TRAIN && !held.part.isEmpty())
        .map(Dataset.class::cast);
  }

  /** The characters of the first font come first. */
  @Override
  public int size() {
    return part.size() * source.fonts().size();
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    int font = index / part.size();
    int character = part.get(index % part.size());
    switch (field.name()) {
      case DatasetField.IMAGE -> source.images().get(font).read(character, into);
      case SOURCE -> source.sources().orElseThrow().read(character, into);
      case FONT -> into.put(font);
      default -> into.put(character);
    }
  }

  @Override
  public String caption(int index) {
    return source.characters().get(part.get(index % part.size()))
        + " in "
        + source.fonts().get(index / part.size());
  }
}
