package org.pgreel.protocol.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.ErrorFields;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FunctionCallResponse;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;

/** Advances a conversation by messages too large to be decoded: an empty message of the same type stands for them. */
final class Oversized {
    private Oversized() {}

    static Conversation after(State state, Direction from, byte type) {
        if (from == Direction.FRONTEND) {
            Demand demand = demand(type);
            return demand == null ? refused(state, from, type) : state.demanded(demand);
        }
        BackendMessage standIn = standIn(type);
        return standIn == null ? refused(state, from, type) : state.after(standIn);
    }

    private static Conversation refused(State state, Direction from, byte type) {
        String name = "Oversized message of type 0x%02X".formatted(type & 0xFF);
        return state.violatedBy(from, name, ", which carries no great value");
    }

    /** PQ_SMALL_MESSAGE_LIMIT, 30,000 bytes, bounds all others in the server (postgres.c). */
    private static @Nullable Demand demand(byte type) {
        return switch (type) {
            case 'Q' -> Demand.QUERY;
            case 'P' -> Demand.PARSE;
            case 'B' -> Demand.BIND;
            case 'F' -> Demand.FUNCTION_CALL;
            case 'd' -> Demand.COPY_DATA;
            default -> null;
        };
    }

    /** Returns an empty message of the type, or null if that type carries no great value. */
    static @Nullable BackendMessage standIn(byte type) {
        return switch (type) {
            case 'D' -> new DataRow(Values.EMPTY);
            case 'd' -> new CopyData(Bytes.EMPTY);
            case 'V' -> new FunctionCallResponse(null);
            case 'T' -> new RowDescription(List.of());
            case 'E' -> new ErrorResponse(new ErrorFields(List.of()));
            case 'N' -> new NoticeResponse(new ErrorFields(List.of()));
            default -> null;
        };
    }
}
