package ${package};

import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.constraint.Constraint;
import org.gantry.constraint.ConstraintCost;
import org.gantry.constraint.ConstraintSite;

/** Asks for a brightness of the whole picture. Replace it by your own constraint. */
@Component(
    kind = ComponentKind.CONSTRAINT,
    name = "${name}",
    summary = "The mean brightness of an edited picture is a half")
final class ${className} implements Constraint {

  @Override
  public ConstraintCost prepare(ConstraintSite site) {
    return pictures -> {
      long count = pictures.getShape().get(0);
      long values = pictures.getShape().size() / count;
      return site.toUnit(pictures)
          .reshape(count, values)
          .sum(new int[] {1})
          .div((float) values)
          .sub(0.5f)
          .square();
    };
  }
}
