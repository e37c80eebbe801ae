package io.sluice.scoring;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import io.sluice.domain.scoring.BundleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * LightGBM's native library, loaded once by a class loader, from files of its own. The jar's own
 * loader is not used: it writes to a place that all processes and class loaders of a machine share,
 * over libraries that others have loaded, whose next call ends their process.
 */
final class LightGbm {
  private static final String[] LIBRARIES = {"lib_lightgbm", "lib_lightgbm_swig"};
  private static final String OPEN_MP = "libgomp";
  private static boolean isLoaded;

  private LightGbm() {}

  /**
   * @throws BundleException where it cannot be loaded here: why, and what to install
   */
  static synchronized void load() {
    if (isLoaded) {
      return;
    }
    ClassLoader ours = LightGbm.class.getClassLoader();
    if (lightgbmlib.class.getClassLoader() != ours) {
      throw new BundleException(
          "LightGBM and sluice-scoring come from two class loaders: put both on the cluster's class"
              + " path, or both into the job's jar");
    }
    try {
      Path folder = Files.createTempDirectory("sluice-lightgbm-");
      try {
        for (String library : LIBRARIES) {
          load(ours, folder, library);
        }
      } finally {
        // Where files in use can be deleted they are not needed any more.
        folder.toFile().delete();
      }
    } catch (IOException | LinkageError e) {
      throw new BundleException(refusal(e.getMessage()), e);
    }
    isLoaded = true;
  }

  /**
   * In one line why it cannot be loaded, and what to do.
   *
   * @param cause what the system says
   */
  static String refusal(String cause) {
    String line = String.valueOf(cause).replaceAll("\\s+", " ");
    return line.contains(OPEN_MP)
        ? "LightGBM cannot be loaded, the OpenMP runtime is missing: "
            + line
            + "; install it (Debian, Ubuntu: apt-get install libgomp1; Fedora, Alpine: the package"
            + " libgomp)"
        : "LightGBM cannot be loaded: "
            + line
            + "; it needs Linux or macOS on x86-64 or ARM, or Windows on x86-64, and the OpenMP"
            + " runtime (on Debian the package libgomp1)";
  }

  private static void load(ClassLoader ours, Path folder, String library) throws IOException {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    boolean isArm = System.getProperty("os.arch").equals("aarch64");
    String platform =
        system.startsWith("linux") ? "linux" : system.startsWith("mac") ? "osx" : "windows";
    String suffix = platform.equals("linux") ? ".so" : platform.equals("osx") ? ".dylib" : ".dll";
    String resource =
        "lightgbm4j/" + platform + "/" + (isArm ? "aarch64" : "x86_64") + "/" + library + suffix;
    Path file = folder.resolve(library + suffix);
    try (InputStream bytes = ours.getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new IOException("there is no " + resource);
      }
      Files.copy(bytes, file);
    }
    try {
      System.load(file.toString());
    } finally {
      if (!file.toFile().delete()) {
        folder.toFile().deleteOnExit();
        file.toFile().deleteOnExit();
      }
    }
  }

  /** Refuses the answer of a native call that failed. */
  static void check(int answer, String what) {
    if (answer != 0) {
      throw new BundleException(what + ": " + lightgbmlib.LGBM_GetLastError());
    }
  }

  /** What a native call makes and gives by a pointer to a pointer. */
  static SWIGTYPE_p_void made(String what, ToIntFunction<SWIGTYPE_p_p_void> call) {
    SWIGTYPE_p_p_void made = lightgbmlib.new_voidpp();
    try {
      check(call.applyAsInt(made), what);
      return lightgbmlib.voidpp_value(made);
    } finally {
      lightgbmlib.delete_voidpp(made);
    }
  }
}
