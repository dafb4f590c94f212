package org.gantry.plugin.imagefolder;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.gantry.data.DataInventory;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.gantry.data.FileDataset;
import org.gantry.data.IndexedDataset;
import org.gantry.plugin.imagefolder.ImageFolderDataset.UnreadablePolicy;
import org.gantry.plugin.imagefolder.RgbPicture.ColorMode;
import org.gantry.plugin.imagefolder.RgbPicture.FitMode;

/**
 * Pairs of pictures: {@code given} and {@code image}, both in [-1, 1]. The pictures of a pair lie
 * in two folders under the same name, apart from the ending, or are the two halves of one picture.
 * Both are cut, scaled and mirrored alike.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "paired-folder",
    summary = "Pairs of pictures: two folders with equal names, or the halves of each picture",
    gives = {DatasetField.IMAGE, "given"})
final class PairedFolderDataset implements IndexedDataset, FileDataset {

  private static final String GIVEN = "given";

  record Options(
      @Description(
              "the folder or zip archive of the pictures that are given, or of those with both halves")
          Path given,
      @Description("that of the right pictures, with the same names; empty if halves are pairs")
          @DefaultValue("")
          Path image,
      @Description("left or right: which half is given, if halves are pairs") @DefaultValue("left")
          GivenHalf half,
      @Description("the height of each picture in pixels, and the width unless that is set")
          @DefaultValue("64")
          @Min(1) @Max(1024) int size,
      @Description("the width in pixels; 0 for the same as the height")
          @DefaultValue("0")
          @Min(0) @Max(1024) int width,
      @Description("how pictures of another shape fit: crop, pad with white, or stretch")
          @DefaultValue("crop")
          FitMode fit,
      @Description("rgb or grey, of the right pictures") @DefaultValue("rgb") ColorMode channels,
      @Description("rgb or grey, of the given pictures; for halves that of the right ones counts")
          @DefaultValue("rgb")
          ColorMode givenChannels,
      @Description("whether each pair also appears mirrored") @DefaultValue("false")
          boolean mirrored,
      @Description("the part of the data, by name: train (nine tenths), test (the rest) or all")
          @DefaultValue("train")
          DatasetSplit split) {

    private int columns() {
      return width == 0 ? size : width;
    }

    private boolean halves() {
      return image.toString().isEmpty();
    }
  }

  /** The half of a picture that is given. */
  enum GivenHalf {
    /** The right half is the right picture. */
    LEFT,
    /** The left half is the right picture. */
    RIGHT
  }

  /** All pairs; the names are those of the given pictures without their endings. */
  private record Pairs(
      PairSide given, PairSide image, List<String> names, DataInventory inventory) {}

  private final Pairs pairs;
  private final Options options;
  private final DatasetSplit split;
  private final List<Integer> part;

  @Inject
  PairedFolderDataset(Options options) {
    this(options.halves() ? ofHalves(options) : ofFolders(options), options, options.split());
    if (part.isEmpty()) {
      throw new UnusableComponentException(
          "%s has no pairs in the part %s; set split: all"
              .formatted(options.given(), options.split().name().toLowerCase(Locale.ROOT)));
    }
  }

  private PairedFolderDataset(Pairs pairs, Options options, DatasetSplit split) {
    this.pairs = pairs;
    this.options = options;
    this.split = split;
    this.part =
        IntStream.range(0, pairs.names().size())
            .filter(i -> split.contains(pairs.names().get(i)))
            .boxed()
            .toList();
  }

  private static Pairs ofHalves(Options options) {
    int width = options.columns();
    SampleBytes samples = open(options, options.given(), 2 * width, options.channels());
    List<String> names =
        samples.inventory().pictures().stream()
            .map(p -> PictureFormat.withoutEnding(p.name()))
            .toList();
    List<Integer> order = IntStream.range(0, names.size()).boxed().toList();
    boolean left = options.half() == GivenHalf.LEFT;
    return new Pairs(
        new PairSide(
            field(GIVEN, options, options.channels()), samples, order, left ? 0 : width, 2 * width),
        new PairSide(
            field(DatasetField.IMAGE, options, options.channels()),
            samples,
            order,
            left ? width : 0,
            2 * width),
        names,
        samples.inventory());
  }

  private static Pairs ofFolders(Options options) {
    int width = options.columns();
    SampleBytes given = open(options, options.given(), width, options.givenChannels());
    SampleBytes image = open(options, options.image(), width, options.channels());
    Map<String, Integer> first = indices(given.inventory());
    Map<String, Integer> second = indices(image.inventory());
    requireCounterparts(first, second, given.inventory().source(), image.inventory().source());
    requireCounterparts(second, first, image.inventory().source(), given.inventory().source());
    List<String> names = List.copyOf(first.keySet());
    return new Pairs(
        new PairSide(
            field(GIVEN, options, options.givenChannels()),
            given,
            names.stream().map(first::get).toList(),
            0,
            width),
        new PairSide(
            field(DatasetField.IMAGE, options, options.channels()),
            image,
            names.stream().map(second::get).toList(),
            0,
            width),
        names,
        joined(given.inventory(), image.inventory()));
  }

  private static SampleBytes open(Options options, Path path, int width, ColorMode channels) {
    return SampleBytes.open(
        new ImageFolderDataset.Options(
            path, options.size(), width, options.fit(), channels, UnreadablePolicy.FAIL));
  }

  private static DatasetField field(String name, Options options, ColorMode channels) {
    return DatasetField.image(name, channels.count(), options.size(), options.columns());
  }

  /** The index of each picture by its name without the ending. */
  private static Map<String, Integer> indices(DataInventory inventory) {
    Map<String, Integer> indices = new LinkedHashMap<>();
    List<FoundPicture> pictures = inventory.pictures();
    for (int i = 0; i < pictures.size(); i++) {
      Integer earlier = indices.put(PictureFormat.withoutEnding(pictures.get(i).name()), i);
      if (earlier != null) {
        throw new UnusableComponentException(
            "%s has %s and %s, of which only one can be in a pair; remove the other"
                .formatted(
                    inventory.source(), pictures.get(earlier).name(), pictures.get(i).name()));
      }
    }
    return indices;
  }

  private static void requireCounterparts(
      Map<String, Integer> names, Map<String, Integer> others, String folder, String other) {
    List<String> alone = names.keySet().stream().filter(n -> !others.containsKey(n)).toList();
    if (!alone.isEmpty()) {
      throw new UnusableComponentException(
          "%d of the %d pictures of %s have no picture of the same name in %s, such as %s; rename or remove them"
              .formatted(alone.size(), names.size(), folder, other, alone.get(0)));
    }
  }

  private static DataInventory joined(DataInventory given, DataInventory image) {
    List<FoundPicture> pictures = new ArrayList<>(given.pictures());
    pictures.addAll(image.pictures());
    List<DataInventory.OmittedFile> omitted = new ArrayList<>(given.omitted());
    omitted.addAll(image.omitted());
    return new DataInventory(
        given.source() + " and " + image.source(),
        given.fingerprint() + image.fingerprint(),
        pictures,
        List.of(),
        omitted);
  }

  @Override
  public List<DatasetField> fields() {
    return List.of(pairs.image().field(), pairs.given().field());
  }

  @Override
  public Optional<Dataset> heldOut() {
    return Optional.of(new PairedFolderDataset(pairs, options, DatasetSplit.TEST))
        .filter(held -> split == DatasetSplit.TRAIN && held.size() > 0)
        .map(Dataset.class::cast);
  }

  /** The mirrored pairs follow the others. */
  @Override
  public int size() {
    return options.mirrored() ? 2 * part.size() : part.size();
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    PairSide side = field.name().equals(GIVEN) ? pairs.given() : pairs.image();
    side.read(part.get(index % part.size()), index >= part.size(), into);
  }

  @Override
  public String caption(int index) {
    return pairs.names().get(part.get(index % part.size()));
  }

  @Override
  public DataInventory inventory() {
    return pairs.inventory();
  }
}
