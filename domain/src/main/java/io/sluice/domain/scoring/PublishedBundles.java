package io.sluice.domain.scoring;

/**
 * Bundles that commands publish. They are loaded beside the thread that asks: to read and check one
 * takes far longer than an event may.
 */
public interface PublishedBundles {
  /**
   * What became of one that was asked for.
   *
   * @param model null where it cannot be used
   * @param refusal why not, for a person; null where it can
   */
  record Loaded(Model model, String refusal) {
    public static Loaded of(Model model) {
      return new Loaded(model, null);
    }

    public static Loaded refused(String why) {
      return new Loaded(null, why);
    }
  }

  /** Begins to load it, where nobody has yet. */
  void ask(Publication publication);

  /**
   * What became of it at the time from which it counts. Where time is that of the data it is waited
   * for, so that every run comes to the same; null where time passes by itself and it is not ready.
   */
  Loaded due(Publication publication);

  /** The same, waited for in any case: what scored before a restart scores after it. */
  Loaded restored(Publication publication);

  /** What scored before a restart cannot be used any more: nothing scores in its place. */
  void lost(Publication publication, BundleException why);

  /** Where there is nothing to load bundles with. */
  PublishedBundles NONE =
      new PublishedBundles() {
        @Override
        public void ask(Publication publication) {
          // There is nobody to ask.
        }

        @Override
        public Loaded due(Publication publication) {
          return Loaded.refused("no bundle can be loaded here");
        }

        @Override
        public Loaded restored(Publication publication) {
          return due(publication);
        }

        @Override
        public void lost(Publication publication, BundleException why) {
          throw why;
        }
      };
}
