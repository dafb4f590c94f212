package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.architecture.NetworkPorts;
import org.gantry.component.ComponentKind;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.ValueType;
import org.gantry.data.WordVocabulary;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.layers.Flatten;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class DrawsTest {

  private static final WordVocabulary WORDS =
      WordVocabulary.of(List.of("a red circle", "a square"));

  /** Numbers with a caption of three words. */
  private static final class Captioned implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(
          new DatasetField("number", new Shape(1), 0, 9, List.of()),
          DatasetField.text(DatasetField.CAPTION, WORDS, 3));
    }

    @Override
    public int size() {
      return 10;
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      if (field.name().equals("number")) {
        into.put(index);
      } else {
        into.put(WORDS.encode(index % 2 == 0 ? "a red circle" : "a square", 3));
      }
    }
  }

  private static Composition game(org.gantry.topology.Topology topology) {
    Map<String, BoundComponent<Dataset>> data = new LinkedHashMap<>();
    data.put("points", ToyGame.bound("dataset", "ring", ToyGame.ring()));
    data.put("texts", ToyGame.bound("dataset", "captioned", new Captioned()));
    return ToyGame.composition()
        .withDatasets(data)
        .withTopology(ToyGame.bound("topology", "several", topology));
  }

  @Test
  void aRecipeCanNameDataSetsWithDifferentFields() {
    TrainingGraph graph =
        TrainingGraph.build(
            game(
                g -> {
                  ToyGame.plain(g);
                  Signal caption = g.real(DatasetField.CAPTION, "texts");
                  assertEquals(new Shape(ToyGame.BATCH, 3), caption.shape());
                  assertEquals(ValueType.TEXT, caption.type());
                  g.watch("words", g.map("sum", v -> v.sum(), caption));
                }));
    try (Session session = Session.open(graph)) {
      assertTrue(session.step().get("words") > 0);
    }
  }

  @Test
  void aMissingFieldNamesTheFieldsOfItsDataSet() {
    Composition game = game(g -> g.real("image", "texts"));
    assertEquals(
        "it needs the field image, but dataset/captioned has number, caption",
        assertThrows(CompositionException.class, () -> TrainingGraph.build(game))
            .getCause()
            .getMessage());
  }

  @Test
  void aNetworkSeesTheDataSetOfTheFieldThatItTakes() {
    List<Optional<Dataset>> seen = new ArrayList<>();
    NetworkPorts ports = new NetworkPorts(List.of("text"), List.of(), List.of("condition"));
    Composition game =
        game(
            g -> {
              ToyGame.plain(g);
              Signal caption = g.real(DatasetField.CAPTION, "texts");
              Network reader =
                  g.network(
                          "reader",
                          ComponentKind.CONDITION,
                          ports,
                          site -> {
                            seen.add(site.dataset("text"));
                            seen.add(site.dataset("image"));
                            return new Flatten();
                          })
                      .takes("text", caption);
              Signal read = reader.apply(caption).get("condition");
              g.watch("sum", g.map("sum", v -> v.sum(), read));
            });
    TrainingGraph.build(game);

    assertEquals(
        List.of(Optional.of(game.datasets().get("texts").component()), Optional.empty()), seen);
  }

  @Test
  void aMismatchedFieldDiffersFromThatOfTheSameSample() {
    TrainingGraph graph = TrainingGraph.build(game(DrawsTest::compareCaptions));
    try (Session session = Session.open(graph)) {
      for (int step = 0; step < 5; step++) {
        assertEquals(ToyGame.BATCH, session.step().get("different"));
      }
    }
  }

  private static void compareCaptions(Graph graph) {
    ToyGame.plain(graph);
    Signal right = graph.real(DatasetField.CAPTION, "texts");
    Signal wrong = graph.mismatched(DatasetField.CAPTION, "texts");
    graph.watch(
        "different",
        graph.map(
            "compare", (a, b) -> a.sub(b).abs().sum(new int[] {1}).sign().sum(), right, wrong));
  }

  @Test
  void aGameWithinATopologyCanHaveItsOwnBatchSize() {
    Composition game =
        game(
            g -> {
              ToyGame.plain(g);
              Graph small = g.withBatch(3);
              assertEquals(new Shape(3, 3), small.latent("other").shape());
              Signal numbers = small.real("number", "texts");
              g.watch("count", g.map("count", v -> v.mul(0).add(1).sum(), numbers));
            });
    try (Session session = Session.open(TrainingGraph.build(game))) {
      assertEquals(3.0, session.step().get("count"));
    }
  }

  @Test
  void aPairCanHaveALossOfItsOwn() {
    Composition game =
        ToyGame.composition().withPairLosses(Map.of("manifold", ToyGame.composition().loss()));
    assertEquals(
        "topology/plain has no adversarial pair manifold; it has adversarial",
        assertThrows(CompositionException.class, () -> TrainingGraph.build(game)).getMessage());
  }

  @Test
  void functionsOfConditionsAreConditions() {
    game(
        g -> {
          Signal caption = g.real(DatasetField.CAPTION, "texts");
          assertEquals(
              ValueType.CONDITION, g.map("mean", v -> v.mean(new int[] {1}), caption).type());
          assertEquals(ValueType.CODE, g.latent("z").type());
          assertEquals(ValueType.OTHER, g.map("sum", v -> v.sum(), g.latent("z")).type());
        });
  }

  @Test
  void wordsOutsideTheVocabularyAreKnownAsSuch() {
    assertEquals(List.of("triangle"), WORDS.unknownWords("A red triangle!"));
    assertEquals("a red ?", WORDS.decode(WORDS.encode("A red triangle!", 4)));
  }
}
