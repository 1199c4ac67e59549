package org.pgreel.replay.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.FieldsByName;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.MessageForms;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Direction;

/** Compares the fields of a message that is expected with those of one that came. */
final class MessageMatch {
    private MessageMatch() {}

    /** Tells whether a message is of that name and has those fields; those that are not named are free. */
    static boolean is(String name, List<Field> fields, Message message, Bindings trial) {
        if (!message.name().equals(name)) {
            return false;
        }
        Direction from = message instanceof BackendMessage ? Direction.BACKEND : Direction.FRONTEND;
        var item = new Item.MessageItem(from, name, fields, 1);
        return unequal(MessageForms.byName(item, 0), MessageForms.byName(from, message), true, trial) == 0;
    }

    /** Returns how many fields differ; 0 when the message is what was expected. Binds labels in the bindings given. */
    static int unequal(FieldsByName expected, FieldsByName got, boolean partial, Bindings bindings) {
        var pattern = new ValuePattern(bindings);
        boolean open = expected.open() || partial;
        int unequal = 0;
        for (Map.Entry<String, Value> field : got.values().entrySet()) {
            Value wanted = expected.values().get(field.getKey());
            boolean equal = wanted == null
                    ? open || got.defaults().contains(field.getKey())
                    : pattern.matches(wanted, field.getValue());
            unequal += equal ? 0 : 1;
        }
        boolean spreadFree = open && expected.spread().isEmpty();
        if (!spreadFree && !pattern.matches(spread(expected, open), got.spread())) {
            unequal++;
        }
        return unequal;
    }

    private static List<Field> spread(FieldsByName expected, boolean open) {
        if (!open) {
            return expected.spread();
        }
        var fields = new ArrayList<>(expected.spread());
        fields.add(new Field.Rest(0));
        return fields;
    }
}
