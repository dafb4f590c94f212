package org.gantry.plugin.conditional;

import ai.djl.nn.Block;
import java.util.List;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkPorts;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;

/** A label as a vector with a 1 at the position of its class, and 0 elsewhere. */
@Component(
    kind = ComponentKind.CONDITION,
    name = "one-hot",
    summary = "A label as a vector with a 1 at its class",
    takes = "label",
    gives = "condition")
final class OneHotCondition implements Architecture {

  static final NetworkPorts PORTS =
      new NetworkPorts(List.of("label"), List.of(), List.of("condition"));

  @Override
  public Block build(NetworkSite site) {
    int classes = site.field("label").map(DatasetField::classNames).orElse(List.of()).size();
    if (classes == 0) {
      throw new UnusableComponentException(
          "a one-hot condition needs a label with named classes at its port label");
    }
    return new IndexCounts(classes, 0);
  }
}
