package io.sluice.jobs.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The ways a test's file can be packed. */
enum Packing {
  PLAIN(""),
  GZIP(".gz"),
  ZIP(".zip");

  private final String ending;

  Packing(String ending) {
    this.ending = ending;
  }

  Path write(Path folder, String name, String content) throws IOException {
    return write(folder, name, content.getBytes(StandardCharsets.UTF_8));
  }

  Path write(Path folder, String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name + ending), packed(name, content));
  }

  byte[] packed(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    switch (this) {
      case PLAIN -> bytes.write(content);
      case GZIP -> {
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
          gzip.write(content);
        }
      }
      case ZIP -> {
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
          zip.putNextEntry(new ZipEntry(name));
          zip.write(content);
          zip.closeEntry();
        }
      }
    }
    return bytes.toByteArray();
  }
}
