package io.sluice.domain.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.ConfigChunk;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.VenueStatus;
import io.sluice.domain.wire.WireReader;

/** What a group counts and knows of itself, as the part {@code head}. */
final class HeadCodec {
  private HeadCodec() {}

  static void write(GroupState state, JsonWriter json) {
    json.beginObject()
        .name("version")
        .value(StateParts.VERSION)
        .name("seq")
        .value(state.seq())
        .name("hash")
        .value(state.headHash());
    json.name("gate_time_us")
        .value(state.gateTimeUs)
        .name("utc_day")
        .value(state.utcDay < 0 ? (Long) null : (Long) state.utcDay);
    json.name("limits_version")
        .value(state.limitsVersion)
        .name("params_version")
        .value(state.paramsVersion)
        .name("configuration_hash")
        .value(state.configurationHash);
    json.name("next_order_sweep_us").value(state.nextOrderSweepUs);
    json.name("clock_slot_us")
        .value(state.clockSlotUs < 0 ? (Long) null : (Long) state.clockSlotUs);
    json.name("folded_ids").value(state.ids.folded());
    json.name("forgotten_ids").value(state.ids.forgotten());
    json.name("folded_fills").value(state.fills.folded());
    json.name("forgotten_fills").value(state.fills.forgotten());
    json.name("duplicate_intents").value(state.counters.duplicateIntents);
    json.name("late_repeats").value(state.counters.lateRepeats);
    json.name("gate_decisions").value(state.counters.gateDecisions);
    json.name("intents_from_front").value(state.counters.intentsFromFront);
    json.name("below_high_water").value(state.highWater.foldedBelow()).name("venues").beginObject();
    state.venues.forEach((venue, status) -> json.name(venue).value(status));
    json.endObject().name("unknown_venues").beginArray();
    state.unknownVenues.forEach(json::value);
    json.endArray().name("stale").beginArray();
    state.stale.forEach(json::value);
    json.endArray().name("unheard_since_us").beginObject();
    state.unheardSinceUs.forEach((instrument, us) -> json.name(instrument).value(us));
    json.endObject().name("pending_chunks").beginArray();
    for (ConfigChunk chunk : state.pendingChunks) {
      chunk.write(json);
    }
    json.endArray().endObject();
  }

  /** The version, time and configuration are looked at before. */
  static void read(ObjectNode head, GroupState state) throws UnreadableException {
    Fields fields = new Fields(head);
    state.journaled(fields.whole("seq"), fields.text("hash"));
    Long utcDay = fields.optionalTime("utc_day");
    state.utcDay = utcDay == null ? -1 : utcDay;
    state.limitsVersion = fields.whole("limits_version");
    state.nextOrderSweepUs = fields.whole("next_order_sweep_us");
    state.counters.duplicateIntents = fields.whole("duplicate_intents");
    state.counters.lateRepeats = fields.whole("late_repeats");
    Long gateDecisions = fields.optionalTime("gate_decisions");
    state.counters.gateDecisions = gateDecisions == null ? 0 : gateDecisions;
    state.counters.intentsFromFront = fields.whole("intents_from_front");
    for (var venue : head.path("venues").properties()) {
      state.venues.put(venue.getKey(), VenueStatus.Status.valueOf(venue.getValue().textValue()));
    }
    for (JsonNode venue : head.path("unknown_venues")) {
      state.unknownVenues.add(venue.textValue());
    }
    for (JsonNode instrument : head.path("stale")) {
      state.stale.add(instrument.textValue());
    }
    for (var unheard : head.path("unheard_since_us").properties()) {
      state.unheardSinceUs.put(unheard.getKey(), unheard.getValue().longValue());
    }
    Long clockSlotUs = fields.optionalTime("clock_slot_us");
    state.clockSlotUs = clockSlotUs == null ? -1 : clockSlotUs;
    state.highWater.restoreFoldedBelow(fields.whole("below_high_water"));
    for (JsonNode chunk : fields.array("pending_chunks")) {
      state.pendingChunks.add((ConfigChunk) WireReader.recorded((ObjectNode) chunk));
    }
  }
}
