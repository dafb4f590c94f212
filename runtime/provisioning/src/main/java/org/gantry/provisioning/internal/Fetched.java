package org.gantry.provisioning.internal;

import java.nio.file.Path;

/**
 * A jar that somebody asked for.
 *
 * @param jar the file
 * @param source where it came from
 * @param voucher who says that it is what it should be, in words; empty if nobody does
 */
record Fetched(Path jar, String source, String voucher) {}
