package io.sluice.domain.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which listed instruments are the same asset in the same currency, on different venues. */
public final class AssetVenues {
  /** The least number of venues whose prices can vote. */
  public static final int VOTERS = 3;

  private final Map<String, List<String>> instrumentsOf = new TreeMap<>();

  public AssetVenues(Collection<Instrument> listed) {
    for (Instrument instrument : listed) {
      instrumentsOf
          .computeIfAbsent(asset(instrument), key -> new ArrayList<>())
          .add(instrument.id());
    }
  }

  /** The spot of an asset and a perpetual on it have prices that differ on purpose. */
  private static String asset(Instrument instrument) {
    return instrument.base() + "\n" + instrument.quote() + "\n" + instrument.kind();
  }

  /** All instruments of its asset, itself included. */
  public List<String> of(Instrument instrument) {
    return instrumentsOf.getOrDefault(asset(instrument), List.of());
  }

  /** Whether enough venues list the asset for their prices to vote. */
  public boolean canVote(Instrument instrument) {
    return of(instrument).size() >= VOTERS;
  }
}
