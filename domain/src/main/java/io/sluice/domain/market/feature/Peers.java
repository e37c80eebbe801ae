package io.sluice.domain.market.feature;

import java.util.List;

/**
 * The other instruments whose trades an instrument's features look at.
 *
 * @param venues its asset in its currency elsewhere
 * @param basket the members of the basket, itself left out
 */
public record Peers(List<String> venues, List<String> basket) {
  /** Nobody else's. */
  public static final Peers NONE = new Peers(List.of(), List.of());

  public Peers {
    venues = List.copyOf(venues);
    basket = List.copyOf(basket);
  }
}
