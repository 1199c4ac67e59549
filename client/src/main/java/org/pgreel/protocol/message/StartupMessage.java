package org.pgreel.protocol.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * StartupMessage (no type byte): the first message of a session; names user, database and settings.
 *
 * <p>The parameters keep their order, and a name that is given twice stays twice: the wire allows it, and servers take
 * the last. Names beginning with {@code _pq_.} are options of the protocol.
 *
 * @param version major in the upper half, minor in the lower; the major is 3
 */
public record StartupMessage(int version, List<Parameter> parameters) implements FrontendMessage {
    /** Protocol 3.0, the one that every server speaks. */
    public static final int VERSION_3_0 = 3 << 16;
    /** Protocol 3.2 of PostgreSQL 18: cancel keys of up to 256 bytes. */
    public static final int VERSION_3_2 = 3 << 16 | 2;

    /** A parameter: {@code user}, {@code database}, {@code options}, {@code replication} or a setting. */
    public record Parameter(String name, String value) {
        /** Refuses NUL, and an empty name, which would end the list on the wire. */
        public Parameter {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("A start-up parameter has no name");
            }
            WireText.requireNoNul(name, "start-up parameter's name");
            WireText.requireNoNul(value, "start-up parameter's value");
        }
    }

    /** Refuses major versions whose layout is another. */
    public StartupMessage {
        if (version >>> 16 != 3) {
            throw new IllegalArgumentException("Protocol " + (version >>> 16) + " is not written like protocol 3");
        }
        parameters = List.copyOf(parameters);
    }

    /** A message with the parameters in the order in which the map gives them. */
    public static StartupMessage of(int version, Map<String, String> parameters) {
        List<Parameter> list = new ArrayList<>();
        parameters.forEach((name, value) -> list.add(new Parameter(name, value)));
        return new StartupMessage(version, list);
    }

    /** Returns the last value given to the parameter, or null when there is none. */
    public @Nullable String parameter(String name) {
        String value = null;
        for (Parameter parameter : parameters) {
            value = parameter.name().equals(name) ? parameter.value() : value;
        }
        return value;
    }

    static StartupMessage decode(int version, MessageReader body) {
        List<Parameter> parameters = new ArrayList<>();
        for (String name = body.readString(); !name.isEmpty(); name = body.readString()) {
            parameters.add(new Parameter(name, body.readString()));
        }
        return new StartupMessage(version, parameters);
    }

    @Override
    public void encode(MessageWriter out) {
        out.beginUntyped().writeInt32(version);
        for (Parameter parameter : parameters) {
            out.writeString(parameter.name()).writeString(parameter.value());
        }
        out.writeByte(0).end();
    }

    @Override
    public String name() {
        return "StartupMessage";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onStartupMessage(this);
    }
}
