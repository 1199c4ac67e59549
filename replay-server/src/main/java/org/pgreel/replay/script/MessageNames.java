package org.pgreel.replay.script;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.wire.Direction;

/** The names of all messages, as the sealed families have them. */
final class MessageNames {
    private static final List<String> FRONTEND = names(FrontendMessage.class);
    private static final List<String> BACKEND = names(BackendMessage.class);

    private MessageNames() {}

    static List<String> of(Direction direction) {
        return direction == Direction.FRONTEND ? FRONTEND : BACKEND;
    }

    private static List<String> names(Class<? extends Message> family) {
        var names = new ArrayList<String>();
        collect(family, names);
        names.sort(null);
        return List.copyOf(names);
    }

    private static void collect(Class<?> type, List<String> names) {
        if (type.isRecord()) {
            names.add(type.getSimpleName().equals("UnknownMessage") ? "Unknown" : type.getSimpleName());
        }
        Class<?>[] permitted = type.getPermittedSubclasses();
        for (Class<?> subtype : permitted == null ? new Class<?>[0] : permitted) {
            collect(subtype, names);
        }
    }
}
