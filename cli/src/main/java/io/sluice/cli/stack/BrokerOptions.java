package io.sluice.cli.stack;

import java.nio.file.Path;
import java.util.Map;

/**
 * How a local Kafka broker is started.
 *
 * @param data its data folder, made when missing and kept; null for a temporary one, deleted with
 *     the broker
 * @param port where clients reach it, 0 for any free port
 * @param controllerPort where its controller listens, 0 for any free port
 * @param server further server properties; secrets only as references that Kafka looks up, because
 *     they stand on the process's command line
 * @param client what clients need to reach it, as in the configuration's {@code kafka.properties}
 */
public record BrokerOptions(
    Path data,
    int port,
    int controllerPort,
    Map<String, String> server,
    Map<String, String> client) {

  public BrokerOptions {
    server = Map.copyOf(server);
    client = Map.copyOf(client);
    if (port != 0 && port == controllerPort) {
      throw new StackException(
          "port "
              + port
              + " is given to both Kafka's clients and its controller: give them different ones");
    }
  }

  /** Free ports, a temporary data folder, no security. */
  public static BrokerOptions temporary() {
    return new BrokerOptions(null, 0, 0, Map.of(), Map.of());
  }

  /** The same with its data kept in a folder. */
  public BrokerOptions in(Path data) {
    return new BrokerOptions(data, port, controllerPort, server, client);
  }

  /** The same at other ports. */
  public BrokerOptions at(int port, int controllerPort) {
    return new BrokerOptions(data, port, controllerPort, server, client);
  }

  /** The same with other further properties of the server and of its clients. */
  public BrokerOptions with(Map<String, String> server, Map<String, String> client) {
    return new BrokerOptions(data, port, controllerPort, server, client);
  }

  /** The same with the ports decided. */
  BrokerOptions resolved() {
    int decided = FreePort.orAny(port, controllerPort);
    return at(decided, FreePort.orAny(controllerPort, decided));
  }

  String bootstrap() {
    return "localhost:" + port;
  }
}
