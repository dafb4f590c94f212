package org.gantry.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class CodeUpdateTest {

  /** A velocity of .1 and a gradient of 2 at the rate .01. */
  @Test
  void nesterovLooksAheadOfItsVelocity() {
    double velocity = .9 * .1 - .01 * 2;

    assertEquals(.07, velocity, 1e-12);
    assertEquals(.043, CodeUpdate.change(.1, velocity), 1e-12);
  }

  @Test
  void nesterovKeepsItsVelocity() {
    CodeUpdate update = new CodeUpdate(SearchOptimizer.NESTEROV, 1, 1);
    float[][] code = {{0}};
    update.move(code, new float[][] {{-10}}, 1, 2, .01);
    assertEquals(1.9 * .1, code[0][0], 1e-6);

    update.move(code, new float[][] {{2}}, 2, 2, .01);
    assertEquals(.19 + .043, code[0][0], 1e-6);
  }

  @Test
  void theFirstStepOfAdamIsItsRate() {
    CodeUpdate update = new CodeUpdate(SearchOptimizer.ADAM, 1, 2);
    float[][] code = {{1, 1}};
    update.move(code, new float[][] {{5, -.01f}}, 1, 10, .1);

    assertEquals(.9, code[0][0], 1e-5);
    assertEquals(1.1, code[0][1], 1e-5);
  }

  @Test
  void bothFindTheLowestPoint() {
    for (SearchOptimizer optimizer : SearchOptimizer.values()) {
      CodeUpdate update = new CodeUpdate(optimizer, 1, 1);
      float[][] code = {{3}};
      for (int step = 1; step <= 400; step++) {
        update.move(code, new float[][] {{2 * (code[0][0] - .5f)}}, step, 400, .05);
      }
      assertEquals(.5, code[0][0], 1e-2, optimizer.toString());
    }
  }
}
