package org.gantry.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The value that an option takes when the recipe does not set it. Without one it is required. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface DefaultValue {

  /**
   * The value as a recipe would spell it, such as {@code 0.5}, {@code true} or {@code [64, 64]}.
   */
  String value();
}
