package org.gantry.training;

import java.util.ArrayList;
import java.util.List;

/** The layers of a network: runs of parameters that belong to the same block. */
final class LayerNumbers {

  private LayerNumbers() {}

  /**
   * The layer of each parameter, from 0.
   *
   * @param names the names of the parameters, in order; a name ends in an underscore and the name
   *     of the parameter within its block
   */
  static List<Integer> of(List<String> names) {
    List<Integer> layers = new ArrayList<>();
    String before = null;
    int layer = -1;
    for (String name : names) {
      String block = name.substring(0, Math.max(0, name.lastIndexOf('_')));
      if (!block.equals(before)) {
        layer++;
        before = block;
      }
      layers.add(layer);
    }
    return layers;
  }
}
