package org.gantry.runs.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gantry.recipes.Recipes.Change;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveRequestsTest {

  @TempDir Path run;
  private LiveRequests requests;

  @BeforeEach
  void createRequests() {
    requests = LiveRequests.of(run);
  }

  private String submit(String value) throws IOException {
    return requests.submit(List.of(new Change("loss", value)));
  }

  private List<String> takeAll() throws IOException {
    return requests.takeAll().stream().map(r -> r.changes().get(0).value()).toList();
  }

  @Test
  void requestsAreTakenInTheirOrder() throws IOException {
    for (String loss : List.of("hinge", "minimax", "wasserstein")) {
      submit(loss);
    }
    assertEquals(List.of("hinge", "minimax", "wasserstein"), takeAll());
  }

  @Test
  void aRequestCanBeWithdrawnUntilTheTrainingTakesIt() throws IOException {
    String first = submit("hinge");
    String second = submit("minimax");
    assertTrue(requests.withdraw(first));
    assertEquals(List.of("minimax"), takeAll());
    assertFalse(requests.withdraw(second));
  }
}
