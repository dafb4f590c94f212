package org.gantry.workers;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/**
 * Lets two workers prove to each other that they belong to one training, before anything else is
 * exchanged. The worker that connects proves it first.
 *
 * @param secret known to the workers of the training
 * @param millis how long each side may take for an answer
 */
record PeerHandshake(WorkerSecret secret, int millis) {

  /**
   * Answers at the worker that accepts.
   *
   * @param expected the rank of the worker that may connect
   * @return false if another program has connected, or another worker
   */
  boolean accept(Socket socket, int expected) {
    try {
      socket.setSoTimeout(millis);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      byte[] challenge = WorkerSecret.challenge();
      out.write(challenge);
      out.flush();
      int rank = in.readInt();
      byte[] theirs = in.readNBytes(WorkerSecret.LENGTH);
      byte[] proof = in.readNBytes(WorkerSecret.LENGTH);
      if (rank != expected
          || !WorkerSecret.isEqual(proof, secret.answer("connect", rank, challenge, theirs))) {
        return false;
      }
      out.write(secret.answer("accept", rank, theirs, challenge));
      out.flush();
      return true;
    } catch (IOException e) {
      // Another program may connect and say anything, or nothing.
      return false;
    }
  }

  /**
   * Proves at the worker that connects that it belongs to the training.
   *
   * @param rank of the worker that connects
   * @throws IOException if the other side does not answer, or does not belong to the training
   */
  void connect(Socket socket, int rank) throws IOException {
    socket.setSoTimeout(millis);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    byte[] challenge = in.readNBytes(WorkerSecret.LENGTH);
    byte[] own = WorkerSecret.challenge();
    out.writeInt(rank);
    out.write(own);
    out.write(secret.answer("connect", rank, challenge, own));
    out.flush();
    byte[] proof = in.readNBytes(WorkerSecret.LENGTH);
    if (!WorkerSecret.isEqual(proof, secret.answer("accept", rank, own, challenge))) {
      throw new IOException(
          "the program at "
              + socket.getRemoteSocketAddress()
              + " is not a worker of this training");
    }
  }
}
