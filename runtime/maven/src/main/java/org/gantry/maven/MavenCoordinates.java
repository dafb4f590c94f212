package org.gantry.maven;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The coordinates of a Maven artifact.
 *
 * @param group such as {@code org.acme}
 * @param artifact such as {@code acme-losses}
 * @param version such as {@code 1.2.0}; empty for the newest release
 */
public record MavenCoordinates(String group, String artifact, String version) {

  private static final Pattern FORM =
      Pattern.compile("([\\w.-]+):([\\w.-]+)(?::([\\w.+-]+))?", Pattern.UNICODE_CHARACTER_CLASS);

  /** Parses {@code group:artifact} or {@code group:artifact:version}; empty for other texts. */
  public static Optional<MavenCoordinates> parse(String words) {
    Matcher form = FORM.matcher(words);
    return form.matches()
        ? Optional.of(
            new MavenCoordinates(
                form.group(1), form.group(2), form.group(3) == null ? "" : form.group(3)))
        : Optional.empty();
  }

  /** The coordinates of another version of the artifact. */
  public MavenCoordinates withVersion(String other) {
    return new MavenCoordinates(group, artifact, other);
  }

  /** Whether the artifact may change without a new version. */
  public boolean isSnapshot() {
    return version.endsWith("-SNAPSHOT");
  }

  @Override
  public String toString() {
    return group + ":" + artifact + (version.isEmpty() ? "" : ":" + version);
  }
}
