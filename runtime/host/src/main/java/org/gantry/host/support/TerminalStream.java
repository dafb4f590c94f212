package org.gantry.host.support;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The stream on which the text of a command leaves, rendered by {@link TerminalText}. Plugins may
 * use it, too, so {@link #close} only flushes it.
 */
public final class TerminalStream extends PrintStream {

  private static final int STANDARD_OUTPUT = 1;
  private static final int STANDARD_ERROR = 2;
  private static final int NONE = -1;

  private final int descriptor;

  private TerminalStream(OutputStream target, int descriptor) {
    super(new RenderingOutput(target), true, StandardCharsets.UTF_8);
    this.descriptor = descriptor;
  }

  /** The standard output of the process. */
  public static TerminalStream standardOutput() {
    return new TerminalStream(new FileOutputStream(FileDescriptor.out), STANDARD_OUTPUT);
  }

  /** The standard error of the process. */
  public static TerminalStream standardError() {
    return new TerminalStream(new FileOutputStream(FileDescriptor.err), STANDARD_ERROR);
  }

  /** The stream itself if it renders its text already, or else one that writes to it. */
  public static TerminalStream over(PrintStream stream) {
    return stream instanceof TerminalStream already ? already : new TerminalStream(stream, NONE);
  }

  /** The number of the file descriptor that a stream writes to; -1 if it is not known. */
  public static int descriptor(PrintStream stream) {
    return stream instanceof TerminalStream standard ? standard.descriptor : NONE;
  }

  @Override
  public void close() {
    flush();
  }

  /** Decodes UTF-8, renders the text, and encodes it again. */
  private static final class RenderingOutput extends OutputStream {

    private final OutputStream target;
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    private byte[] rest = new byte[0];
    private String held = "";

    RenderingOutput(OutputStream target) {
      this.target = target;
    }

    @Override
    public synchronized void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer in = ByteBuffer.allocate(rest.length + length);
      in.put(rest).put(bytes, offset, length).flip();
      CharBuffer out = CharBuffer.allocate(in.remaining());
      decoder.decode(in, out, false);
      rest = new byte[in.remaining()];
      in.get(rest);
      String text = held + out.flip();
      int incomplete = TerminalText.incompleteAt(text);
      held = text.substring(text.length() - incomplete);
      send(text.substring(0, text.length() - incomplete));
    }

    private void send(String text) throws IOException {
      if (!text.isEmpty()) {
        target.write(TerminalText.render(text).getBytes(StandardCharsets.UTF_8));
      }
    }

    @Override
    public synchronized void flush() throws IOException {
      send(held);
      held = "";
      target.flush();
    }
  }

  /**
   * Whether a file descriptor of this process is a terminal, as far as the system says.
   *
   * @param descriptor 0 for the standard input, 1 for the output, 2 for errors
   */
  public static boolean isTerminal(int descriptor) {
    try {
      // Java says only whether both standard streams together are a terminal.
      String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return file.startsWith("/dev/pts/")
          || file.startsWith("/dev/tty")
          || file.startsWith("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      // Without such a file, assume no terminal: plain lines are right everywhere.
      return false;
    }
  }
}
