package io.sluice.scoring;

import io.sluice.domain.scoring.BundleException;
import io.sluice.domain.scoring.ModelFile;

/**
 * LightGBM's text form of a model. It is looked through before the library reads it, which ends the
 * whole process where a tree is not complete.
 */
final class LightGbmText {
  private static final String SIZES = "\ntree_sizes=";
  private static final String[] EVERY_TREE = {"\nnum_leaves=", "\nnum_cat=", "\nleaf_value="};
  private static final String[] SPLITS = {
    "\nsplit_feature=", "\nthreshold=", "\ndecision_type=", "\nleft_child=", "\nright_child="
  };

  private LightGbmText() {}

  /**
   * @throws BundleException where it is none, or not whole
   */
  static void check(ModelFile file, String text) {
    if (!text.startsWith("tree\n") || !text.contains("\nobjective=binary ")) {
      throw new BundleException(
          "the file "
              + file.name()
              + " is no LightGBM model in text form with objective=binary; train it with"
              + " ./sluice train");
    }
    int at = text.indexOf("\nTree=0\n") + 1;
    int tree = 0;
    for (String size : sizes(text)) {
      int end = at + (size.matches("\\d{1,9}") ? Integer.parseInt(size) : text.length());
      if (end > text.length() || !isTree(tree, text.substring(at, end))) {
        throw torn(file, tree);
      }
      at = end;
      tree++;
    }
    if (tree == 0 || !text.startsWith("end of trees\n", at)) {
      throw torn(file, tree);
    }
  }

  private static String[] sizes(String text) {
    int at = text.indexOf(SIZES);
    int end = at < 0 ? -1 : text.indexOf('\n', at + 1);
    return end < 0 ? new String[0] : text.substring(at + SIZES.length(), end).split(" ");
  }

  private static boolean isTree(int number, String block) {
    boolean isLeaf = block.contains("\nnum_leaves=1\n");
    return block.startsWith("Tree=" + number + "\n")
        && hasAll(block, EVERY_TREE)
        && (isLeaf || hasAll(block, SPLITS));
  }

  private static boolean hasAll(String block, String[] keys) {
    for (String key : keys) {
      if (!block.contains(key)) {
        return false;
      }
    }
    return true;
  }

  private static BundleException torn(ModelFile file, int tree) {
    return new BundleException(
        "the file " + file.name() + " is not whole at tree " + tree + "; train the model anew");
  }
}
