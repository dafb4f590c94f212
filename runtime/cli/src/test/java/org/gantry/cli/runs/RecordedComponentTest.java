package org.gantry.cli.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.cli.CommandFixture;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.PluginJar;
import org.junit.jupiter.api.Test;

class RecordedComponentTest {

  private static final ComponentInfo BOX =
      CommandFixture.component("prior", "box", "A box.", "acme");

  /** Hands out the options that a component would get. */
  private static final ComponentRegistry INSTALLED =
      new ComponentRegistry() {
        @Override
        public List<ComponentInfo> all() {
          return List.of(BOX);
        }

        @Override
        public PluginJar jar(ComponentInfo component) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Class<? extends Record>> optionsType(ComponentInfo component) {
          return Optional.of(Box.class);
        }

        @Override
        public <T> T create(ComponentInfo component, Class<T> type, Optional<? extends Record> o) {
          return type.cast(o.orElseThrow());
        }
      };

  private record Box(int size, double lowEnd, boolean open, String name, long seed) {}

  @Test
  void aComponentOfARecipeComesBackWithItsOptions() {
    String recipe =
        """
        data: acme/points@1.0.0
        prior:
          acme/box@1.1.0: {size: 3, low-end: -0.5, open: true, name: "a b", seed: 9}
        """;
    RecordedComponent box = RecordedComponent.in(recipe, "prior").orElseThrow();
    assertEquals("acme/box@1.1.0\nlow-end -0.5\nname a b\nopen true\nseed 9\nsize 3\n", box.text());
    RecordedComponent read = RecordedComponent.of("prior", box.text());
    assertEquals(box, read);
    assertEquals(
        new Box(3, -0.5, true, "a b", 9), read.create(INSTALLED, Record.class).component());
  }

  @Test
  void aKindThatARecipeDoesNotNameIsNotThere() {
    assertTrue(RecordedComponent.in("data: acme/points@1.0.0\n", "prior").isEmpty());
  }

  @Test
  void optionsThatAreMissingOrNoNumbersAreNamed() {
    RecordedComponent wrong =
        new RecordedComponent("prior", "acme/box@1.1.0", Map.of("size", "many"));
    assertEquals(
        "the option size of acme/box@1.1.0 cannot be read from a file: it is many",
        assertThrows(InvalidInputException.class, () -> wrong.create(INSTALLED, Record.class))
            .getMessage());
    RecordedComponent missing =
        new RecordedComponent("prior", "acme/box@1.1.0", Map.of("size", "3"));
    assertEquals(
        "the option low-end of acme/box@1.1.0 cannot be read from a file: it is missing",
        assertThrows(InvalidInputException.class, () -> missing.create(INSTALLED, Record.class))
            .getMessage());
  }

  @Test
  void anotherVersionIsNotTheSame() {
    assertEquals(
        "the prior acme/box@2.0.0 is needed and not installed",
        assertThrows(
                InvalidInputException.class,
                () ->
                    new RecordedComponent("prior", "acme/box@2.0.0", Map.of())
                        .create(INSTALLED, Record.class))
            .getMessage());
  }
}
