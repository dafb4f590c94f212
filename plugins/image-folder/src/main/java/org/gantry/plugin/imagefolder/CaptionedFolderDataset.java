package org.gantry.plugin.imagefolder;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DataInventory;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.gantry.data.FileDataset;
import org.gantry.data.IndexedDataset;
import org.gantry.data.WordVocabulary;
import org.gantry.plugin.imagefolder.ImageFolderDataset.UnreadablePolicy;
import org.gantry.plugin.imagefolder.RgbPicture.ColorMode;
import org.gantry.plugin.imagefolder.RgbPicture.FitMode;

/**
 * Pictures with captions: {@code image} in [-1, 1], and {@code caption}, the numbers of the words
 * of a text. The captions are lines of JSON in one file, or the lines of NAME.txt next to NAME.png.
 * The vocabulary has the words of all captions, held-out ones included.
 *
 * <p>A picture with several captions is one sample. A training reads one of them at random each
 * time; otherwise the first one counts.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "captioned-folder",
    summary = "The pictures of a folder with captions, from lines of JSON or from NAME.txt",
    gives = {DatasetField.IMAGE, DatasetField.CAPTION})
final class CaptionedFolderDataset implements IndexedDataset, FileDataset {

  record Options(
      @Description("the folder, a zip archive, or a file of 'gantry data pack'") Path path,
      @Description(
              "a file with lines such as {\"file\": \"a.png\", \"caption\": \"a red house\"}; empty to"
                  + " read NAME.txt next to NAME.png")
          @DefaultValue("")
          Path captions,
      @Description("the number of words of a caption that are kept")
          @DefaultValue("32")
          @Min(1) @Max(1000) int words,
      @Description("the height in pixels, and the width unless that is set")
          @DefaultValue("64")
          @Min(1) @Max(1024) int size,
      @Description("the width in pixels; 0 for the same as the height")
          @DefaultValue("0")
          @Min(0) @Max(1024) int width,
      @Description("how pictures of another shape fit: crop, pad with white, or stretch")
          @DefaultValue("crop")
          FitMode fit,
      @Description("rgb or grey") @DefaultValue("rgb") ColorMode channels,
      @Description("the part of the data, by name: train (nine tenths), test (the rest) or all")
          @DefaultValue("train")
          DatasetSplit split) {

    private ImageFolderDataset.Options pictures() {
      return new ImageFolderDataset.Options(
          path, size, width, fit, channels, UnreadablePolicy.FAIL);
    }
  }

  /**
   * What the parts of the data share.
   *
   * @param encoded the numbers of the words of each caption of each picture
   */
  private record Source(
      ImageFolderDataset pictures,
      PictureCaptions captions,
      List<List<float[]>> encoded,
      List<DatasetField> fields,
      DataInventory inventory) {}

  private final Source source;
  private final DatasetSplit split;
  private final List<Integer> part;

  @Inject
  CaptionedFolderDataset(Options options) {
    this(open(options), options.split());
    if (part.isEmpty()) {
      throw new UnusableComponentException(
          "%s has no pictures in the part %s; set split: all"
              .formatted(options.path(), options.split().name().toLowerCase(Locale.ROOT)));
    }
  }

  private CaptionedFolderDataset(Source source, DatasetSplit split) {
    this.source = source;
    this.split = split;
    this.part =
        IntStream.range(0, source.captions().texts().size())
            .filter(i -> split.contains(name(source.inventory(), i)))
            .boxed()
            .toList();
  }

  private static String name(DataInventory inventory, int picture) {
    return PictureFormat.withoutEnding(inventory.pictures().get(picture).name());
  }

  private static Source open(Options options) {
    SampleBytes samples = SampleBytes.open(options.pictures());
    boolean oneFile = !options.captions().toString().isEmpty();
    PictureCaptions captions =
        oneFile
            ? PictureCaptions.ofLines(options.captions(), samples.inventory())
            : PictureCaptions.ofTextFiles(samples);
    List<String> all = captions.texts().stream().flatMap(List::stream).toList();
    WordVocabulary vocabulary = WordVocabulary.of(all);
    int longest = all.stream().mapToInt(text -> WordVocabulary.split(text).size()).max().orElse(1);
    int length = Math.min(longest, options.words());
    List<float[]> encoded = vocabulary.encode(all, length);
    List<List<float[]>> byPicture = new ArrayList<>();
    int first = 0;
    for (List<String> texts : captions.texts()) {
      byPicture.add(encoded.subList(first, first + texts.size()));
      first += texts.size();
    }
    ImageFolderDataset pictures = new ImageFolderDataset(samples, options.pictures());
    return new Source(
        pictures,
        captions,
        byPicture,
        List.of(
            pictures.field(DatasetField.IMAGE).orElseThrow(),
            DatasetField.text(DatasetField.CAPTION, vocabulary, length)),
        withCaptions(
            samples.inventory(),
            captions,
            oneFile
                ? Set.of(options.captions().getFileName().toString())
                : samples.inventory().pictures().stream()
                    .map(picture -> PictureCaptions.textFile(picture.name()))
                    .collect(Collectors.toSet())));
  }

  /** The inventory without the files that were read as captions, with a hash of all captions. */
  private static DataInventory withCaptions(
      DataInventory inventory, PictureCaptions captions, Set<String> read) {
    return new DataInventory(
        inventory.source(),
        inventory.fingerprint() + hash(captions.texts().toString()),
        inventory.pictures(),
        inventory.classNames(),
        inventory.omitted().stream().filter(file -> !read.contains(file.name())).toList());
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public List<DatasetField> fields() {
    return source.fields();
  }

  @Override
  public Optional<Dataset> heldOut() {
    return Optional.of(new CaptionedFolderDataset(source, DatasetSplit.TEST))
        .filter(held -> split == DatasetSplit.TRAIN && held.size() > 0)
        .map(Dataset.class::cast);
  }

  @Override
  public int size() {
    return part.size();
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    int picture = part.get(index);
    if (field.name().equals(DatasetField.CAPTION)) {
      into.put(source.encoded().get(picture).get(0));
    } else {
      source.pictures().read(picture, field, into);
    }
  }

  @Override
  public void read(int index, DatasetField field, RandomGenerator random, FloatBuffer into) {
    if (field.name().equals(DatasetField.CAPTION)) {
      List<float[]> captions = source.encoded().get(part.get(index));
      into.put(captions.get(random.nextInt(captions.size())));
    } else {
      read(index, field, into);
    }
  }

  @Override
  public String caption(int index) {
    return source.captions().texts().get(part.get(index)).get(0);
  }

  @Override
  public DataInventory inventory() {
    return source.inventory();
  }
}
