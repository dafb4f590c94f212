package org.gantry.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Header;

/**
 * Makes an interface that of a kind of component, which a plugin adds to the kinds of the host. The
 * plugin exports the package of the interface, so other plugins can implement it and take its
 * components as the values of options. The build writes the kind into the bundle's manifest, so the
 * host knows it before the interface is loaded.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Capability(namespace = KindInterface.NAMESPACE, attribute = "type=${@class}")
@Header(
    name = "Require-Capability",
    value =
        "osgi.extender;filter:='(&(osgi.extender=gantry.component)(version>=1.0.0)(!(version>=2.0.0)))'")
public @interface KindInterface {

  /** The capability namespace of kinds. */
  String NAMESPACE = "gantry.kind";

  /** The kind, as {@link Component#kind} names it: words in lower case, joined by hyphens. */
  @Attribute(NAMESPACE)
  String kind();

  /** What a component of the kind does, in one line. */
  @Attribute
  String summary();
}
