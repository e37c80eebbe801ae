package io.sluice.operators.edge;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Trade;
import io.sluice.domain.wire.WireReader;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Messages on an edge: trades, quotes and marks, nearly all of the traffic, field by field; the
 * rest as canonical JSON.
 */
final class Messages {
  private static final int TRADE = 1;
  private static final int QUOTE = 2;
  private static final int MARK = 3;
  private static final int JSON = 4;
  private static final int MARK_WITH_VOLATILITY = 5;
  private static final int QUOTE_WITH_FUNDING = 6;
  private static final Aggressor[] AGGRESSORS = Aggressor.values();

  private Messages() {}

  static void write(Message message, DataOutputView out) throws IOException {
    if (message instanceof Trade trade) {
      out.writeByte(TRADE);
      Primitives.text(trade.instrument(), out);
      Primitives.text(trade.tradeId(), out);
      Primitives.decimal(trade.price(), out);
      Primitives.decimal(trade.qty(), out);
      out.writeByte(trade.aggressor().ordinal());
      Primitives.time(trade.eventTimeUs(), out);
      Primitives.time(trade.receiveTimeUs(), out);
    } else if (message instanceof Quote quote) {
      out.writeByte(quote.fundingRate() == null ? QUOTE : QUOTE_WITH_FUNDING);
      Primitives.text(quote.instrument(), out);
      Primitives.decimal(quote.bid(), out);
      Primitives.decimal(quote.bidQty(), out);
      Primitives.decimal(quote.ask(), out);
      Primitives.decimal(quote.askQty(), out);
      Primitives.time(quote.eventTimeUs(), out);
      Primitives.time(quote.receiveTimeUs(), out);
      if (quote.fundingRate() != null) {
        Primitives.decimal(quote.fundingRate(), out);
      }
    } else if (message instanceof Mark mark) {
      out.writeByte(mark.sigmaDaily() == null ? MARK : MARK_WITH_VOLATILITY);
      Primitives.text(mark.instrument(), out);
      Primitives.decimal(mark.last(), out);
      Primitives.decimal(mark.high(), out);
      Primitives.decimal(mark.low(), out);
      Primitives.time(mark.eventTimeUs(), out);
      Primitives.time(mark.receiveTimeUs(), out);
      out.writeBoolean(mark.crashed());
      out.writeLong(mark.slotUs());
      out.writeInt(mark.ordinal());
      if (mark.sigmaDaily() != null) {
        out.writeDouble(mark.sigmaDaily());
      }
    } else {
      out.writeByte(JSON);
      Primitives.bytes(message.toJson(), out);
    }
  }

  static Message read(DataInputView in) throws IOException {
    int form = in.readByte();
    return switch (form) {
      case TRADE ->
          new Trade(
              Primitives.text(in),
              Primitives.text(in),
              Primitives.decimal(in),
              Primitives.decimal(in),
              AGGRESSORS[in.readByte()],
              Primitives.time(in),
              Primitives.time(in));
      case QUOTE, QUOTE_WITH_FUNDING ->
          new Quote(
              Primitives.text(in),
              Primitives.decimal(in),
              Primitives.decimal(in),
              Primitives.decimal(in),
              Primitives.decimal(in),
              Primitives.time(in),
              Primitives.time(in),
              form == QUOTE ? null : Primitives.decimal(in));
      case MARK, MARK_WITH_VOLATILITY ->
          new Mark(
              Primitives.text(in),
              Primitives.decimal(in),
              Primitives.decimal(in),
              Primitives.decimal(in),
              Primitives.time(in),
              Primitives.time(in),
              in.readBoolean(),
              in.readLong(),
              in.readInt(),
              form == MARK ? null : (Double) in.readDouble());
      case JSON -> json(Primitives.bytes(in));
      default -> throw new IOException("an edge record of form " + form + ", expected 1 to 6");
    };
  }

  private static Message json(byte[] bytes) throws IOException {
    try {
      return WireReader.recorded(StrictJson.trusted(bytes));
    } catch (UnreadableException e) {
      throw new IOException("a message on an edge does not read back: " + e.getMessage(), e);
    }
  }

  static void write(Cause cause, DataOutputView out) throws IOException {
    Primitives.text(cause.source(), out);
    out.writeInt(cause.partition());
    out.writeLong(cause.offset());
    out.writeInt(cause.sub());
  }

  static Cause readCause(DataInputView in) throws IOException {
    return new Cause(Primitives.text(in), in.readInt(), in.readLong(), in.readInt());
  }
}
