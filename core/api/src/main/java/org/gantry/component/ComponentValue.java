package org.gantry.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which components an option takes. An option whose type is the interface of a kind, or a list
 * of it, takes components by name. It needs this annotation only if its interface is that of
 * several kinds, as {@code org.gantry.architecture.Architecture} is, or if it requires ports.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ComponentValue {

  /** The kind of the components; empty for the only kind that the interface belongs to. */
  String kind() default "";

  /** The input ports that a component must have; it may not have others. Empty for any. */
  String[] takes() default {};

  /** The output ports that a component must have; it may have others. */
  String[] gives() default {};
}
