package org.gantry.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.cli.CommandFixture;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.kind.KindTable;
import org.gantry.recipes.OptionInfo;
import org.gantry.recipes.Recipes;
import org.junit.jupiter.api.Test;

class ChangeCompletionTest {

  private static final List<ComponentInfo> INSTALLED =
      List.of(
          CommandFixture.component("dataset", "classes", "Some classes.", "acme"),
          CommandFixture.component("dataset", "digits", "Digits.", "acme"),
          CommandFixture.component("generator", "mlp", "A network.", "acme"),
          CommandFixture.component("regularizer", "pool", "Past samples.", "acme"),
          CommandFixture.component("tokenizer", "words", "Splits texts.", "acme"));

  private static final Map<String, List<OptionInfo>> OPTIONS =
      Map.of(
          "classes",
          List.of(component("of", "dataset"), component("split.by", "tokenizer"), plain("count")),
          "words",
          List.of(plain("separator")));

  private static OptionInfo component(String name, String kind) {
    return new OptionInfo(name, kind, Optional.empty(), "", "", Optional.of(kind));
  }

  private static OptionInfo plain(String name) {
    return new OptionInfo(name, "text", Optional.empty(), "", "");
  }

  /** Implements one method of an interface with the given answers, by the name of its argument. */
  private static <T> T answering(Class<T> type, Object all) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                arguments == null
                    ? all
                    : OPTIONS.getOrDefault(((ComponentInfo) arguments[0]).name(), List.of())));
  }

  private final ChangeCompletion completion =
      new ChangeCompletion(
          answering(ComponentRegistry.class, INSTALLED), answering(Recipes.class, null));

  private List<String> matching(String typed) {
    return completion.completionsOf(typed).stream().filter(c -> c.startsWith(typed)).toList();
  }

  @Test
  void everyKindHasAPath() {
    List<String> paths = completion.completionsOf("");
    assertTrue(paths.contains("data="), paths::toString);
    assertTrue(paths.contains("networks.encoder="), paths::toString);
    assertTrue(paths.contains("regularizers[+]="), paths::toString);
    assertTrue(paths.contains("watchdogs[+]="), paths::toString);
    assertEquals(KindTable.ofRecipes().size(), paths.size());
  }

  @Test
  void stagesCompleteLikeRecipes() {
    assertEquals(
        List.of("stages.small.data=classes", "stages.small.data=digits"),
        matching("stages.small.data="));
    assertTrue(matching("stages.small.net").contains("stages.small.networks.encoder="));
  }

  @Test
  void namesCompleteWhereTheirKindBelongs() {
    assertEquals(List.of("data=classes", "data=digits"), matching("data="));
    assertEquals(List.of("networks.my-generator=mlp"), matching("networks.my-generator="));
    assertEquals(List.of("regularizers[+]=pool"), matching("regularizers[+]="));
    assertEquals(List.of(), matching("train.steps="));
  }

  @Test
  void optionsAndTheComponentsAmongThemComplete() {
    assertEquals(List.of("data.classes.", "data.digits."), matching("data."));
    assertEquals(
        List.of(
            "data.classes.of=",
            "data.classes.of.",
            "data.classes.split.by=",
            "data.classes.split.by.",
            "data.classes.count="),
        matching("data.classes."));
    assertEquals(
        List.of("data.classes.of=classes", "data.classes.of=digits"), matching("data.classes.of="));
    assertEquals(
        List.of("data.classes.of.classes.of=digits"),
        completion.completionsOf("data.classes.of.classes.of=").stream()
            .filter(c -> c.endsWith("digits"))
            .toList());
    assertEquals(List.of("data.classes.split.by.words."), matching("data.classes.split.by."));
    assertEquals(
        List.of("data.classes.split.by.words.separator="),
        matching("data.classes.split.by.words."));
  }
}
