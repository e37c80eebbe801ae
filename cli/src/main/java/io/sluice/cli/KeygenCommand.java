package io.sluice.cli;

import io.sluice.domain.config.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a key to sign commands with. */
@CommandLine.Command(
    name = "keygen",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Makes an Ed25519 key: the private one into a file that only its owner reads,",
      "the public one onto the screen, as it stands in the configuration."
    })
final class KeygenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--person",
      paramLabel = "NAME",
      required = true,
      description = "Whose key it is.")
  private String person;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "What signatures name it by. Default: the person's name.")
  private String id;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the private key goes; no file may be there.")
  private Path file;

  @Override
  public Integer call() throws IOException, GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance(SigningKey.ALGORITHM).generateKeyPair();
    write(pair.getPrivate().getEncoded());
    PrintWriter out = spec.commandLine().getOut();
    out.println("the private key is in " + file + ": keep it to yourself");
    out.println("under control.keys of the configuration:");
    out.println(
        "  - {id: "
            + (id == null ? person : id)
            + ", person: "
            + person
            + ", public_key: \""
            + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())
            + "\"}");
    out.flush();
    return ExitCode.DONE;
  }

  private void write(byte[] key) throws IOException {
    boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] owners =
        isPosix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getEncoder().encodeToString(key)
            + "\n-----END PRIVATE KEY-----\n";
    try (var channel =
        Files.newByteChannel(
            file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owners)) {
      channel.write(java.nio.ByteBuffer.wrap(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (FileAlreadyExistsException e) {
      throw new ParameterException(
          spec.commandLine(), file + " is there already, expected the name of a new file");
    }
  }
}
