package io.sluice.cli.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/** Stands before a server, with or without TLS, and lets requests come to grief. */
final class FlakyProxy implements AutoCloseable {
  /** What becomes of requests. */
  enum Mode {
    /** They are answered. */
    PASS,
    /** Nobody takes them. */
    REFUSE,
    /** Their connection ends in the middle of them. */
    CUT,
    /** They stop in the middle, until the mode changes. */
    HOLD,
    /** The server does what they say, and its answer is lost. */
    LOSE_ANSWER,
    /** They are answered, each piece of an answer half a second after it was given. */
    SLOW
  }

  private static final int SHORT_OF_A_BATCH = 20_000;
  private static final long SLOW_NANOS = 500_000_000L;
  private static final long LOOK_NANOS = 10_000_000L;

  private final ServerSocket server;
  private final int target;
  private final AtomicInteger harmed = new AtomicInteger();
  private volatile Mode mode = Mode.PASS;

  /**
   * @param target port of the server, which speaks plain HTTP
   */
  FlakyProxy(int target) throws IOException {
    this(target, ServerSocketFactory.getDefault());
  }

  /** The same, reached as the factory's sockets are: with TLS, if they have it. */
  FlakyProxy(int target, ServerSocketFactory sockets) throws IOException {
    this.server = sockets.createServerSocket(0, 100, InetAddress.getByName("localhost"));
    this.target = target;
    thread(this::accept);
  }

  String url() {
    return (server instanceof SSLServerSocket ? "https" : "http") + "://localhost:" + port();
  }

  int port() {
    return server.getLocalPort();
  }

  void set(Mode next) {
    harmed.set(0);
    mode = next;
  }

  /** How many requests have come to grief since the mode was set. */
  int harmed() {
    return harmed.get();
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "flaky-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (mode == Mode.REFUSE) {
          harmed.incrementAndGet();
          client.close();
          continue;
        }
        Socket upstream = new Socket("localhost", target);
        thread(() -> pipe(client, upstream, true));
        thread(() -> pipe(upstream, client, false));
      } catch (IOException e) {
        // Then that one is not served.
      }
    }
  }

  private void pipe(Socket from, Socket to, boolean isRequest) {
    byte[] buffer = new byte[8_192];
    long bytes = 0;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
        Mode now = mode;
        boolean isCut = isRequest && now == Mode.CUT && bytes > SHORT_OF_A_BATCH;
        boolean isLost = !isRequest && now == Mode.LOSE_ANSWER;
        if (isCut || isLost || now == Mode.REFUSE) {
          harmed.incrementAndGet();
          return;
        }
        if (isRequest && now == Mode.HOLD && bytes > SHORT_OF_A_BATCH) {
          harmed.incrementAndGet();
          while (mode == Mode.HOLD) {
            LockSupport.parkNanos(LOOK_NANOS);
          }
        }
        if (!isRequest && now == Mode.SLOW) {
          harmed.incrementAndGet();
          LockSupport.parkNanos(SLOW_NANOS);
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // The other direction has ended it.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
