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
 * Makes a class a component. The build writes one capability per annotated class into the bundle's
 * manifest, so the host, the resolver and a repository index see it before the class is loaded. The
 * bundle also requires the host's extender, so a host with another contract does not resolve it.
 *
 * <p>The class may be package-private. It has one constructor. The constructor has no parameters,
 * or it is annotated with {@code jakarta.inject.Inject} and takes the component's options. Options
 * are a record named {@code Options}, nested in the class; see {@link Description} and {@link
 * DefaultValue}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Capability(namespace = Component.NAMESPACE, attribute = "class=${@class}")
@Header(
    name = "Require-Capability",
    value =
        "osgi.extender;filter:='(&(osgi.extender=gantry.component)(version>=1.0.0)(!(version>=2.0.0)))'")
public @interface Component {

  /** The capability namespace of components, which is also the name of the host's extender. */
  String NAMESPACE = "gantry.component";

  /** The kind: a constant of {@link ComponentKind}, or a kind that a third party adds. */
  @Attribute
  String kind();

  /** The name that recipes use: words in lower case, joined by hyphens. */
  @Attribute(NAMESPACE)
  String name();

  /**
   * The component's version, such as {@code 1.2.0}. Recipes can require a range of versions. Empty
   * for the bundle's version.
   */
  @Attribute("version:Version")
  String version() default "";

  /** What the component is, in one line. */
  @Attribute
  String summary();

  /** The paper that introduced the component, such as {@code arXiv:1406.2661, section 3}. */
  @Attribute
  String paper() default "";

  /**
   * The input ports, in order, such as {@code latent} for a generator. A port whose name ends in a
   * question mark is optional, such as {@code condition?}.
   */
  @Attribute
  String[] takes() default {};

  /** The output ports, in order, such as {@code score} for a discriminator. */
  @Attribute
  String[] gives() default {};
}
