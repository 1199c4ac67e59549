package org.pgreel.scenarios.coverage;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.GSSENCResponse;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.SSLResponse;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Target;
import org.pgreel.protocol.message.UnknownMessage;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.Line;
import org.pgreel.protocol.transcript.MessageForms;
import org.pgreel.protocol.transcript.TranscriptParser;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;

/**
 * The columns of the matrix: each message of the protocol, and each variety of its content that decides what is legal.
 */
public final class MatrixMessages {
    private static final Map<Direction, Map<String, Sample>> SAMPLES = samples();

    private static final Set<String> ENDING = Set.of("FATAL", "PANIC");

    /**
     * A message as an example.
     *
     * @param line as the notation spells it, without the letter of who sends it
     * @param message the message
     */
    record Sample(String line, Message message) {}

    private MatrixMessages() {}

    private static Map<Direction, Map<String, Sample>> samples() {
        Map<Direction, Map<String, Sample>> samples = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            samples.put(direction, new LinkedHashMap<>());
        }
        for (String text : MatrixFiles.lines("messages.txt")) {
            Direction direction = text.charAt(0) == 'F' ? Direction.FRONTEND : Direction.BACKEND;
            int equals = text.indexOf(" = ");
            String line = text.substring(equals + " = ".length());
            Line parsed = TranscriptParser.parse(direction.letter() + " " + line + "\n")
                    .lines()
                    .get(0);
            if (!(parsed.item() instanceof Item.MessageItem item)) {
                throw new IllegalStateException("No message: " + text);
            }
            Message message = MessageForms.read(item, 1);
            of(direction, samples).put(text.substring(2, equals), new Sample(line, message));
        }
        return samples;
    }

    private static Map<String, Sample> of(Direction direction, Map<Direction, Map<String, Sample>> samples) {
        return samples.computeIfAbsent(direction, key -> new LinkedHashMap<>());
    }

    /** Returns the names of that side's messages, in the order of the manual. */
    public static Set<String> names(Direction direction) {
        return Collections.unmodifiableSet(of(direction).keySet());
    }

    static Map<String, Sample> of(Direction direction) {
        return of(direction, SAMPLES);
    }

    /** Returns the message as an example. */
    static Sample sample(Direction direction, String name) {
        Sample sample = of(direction).get(name);
        if (sample == null) {
            throw new IllegalArgumentException("no message of " + direction + " is called " + name);
        }
        return sample;
    }

    /** Returns the bytes of the example that has that name. */
    public static Bytes bytes(Direction direction, String name) {
        return sample(direction, name).message().toBytes();
    }

    /** Returns what a message is called in the matrix. */
    public static String name(Message message) {
        if (message instanceof StartupMessage startup) {
            boolean old = startup.version() <= StartupMessage.VERSION_3_0;
            return old ? message.name() : message.name() + "(3.2)";
        }
        if (message instanceof ReadyForQuery ready) {
            return message.name() + "(" + ready.transactionStatus().indicator() + ")";
        }
        if (message instanceof Describe describe) {
            return message.name() + (describe.target() == Target.STATEMENT ? "(S)" : "(P)");
        }
        if (message instanceof Execute execute) {
            return message.name() + (execute.maxRows() == 0 ? "" : "(1)");
        }
        if (message instanceof ErrorResponse error) {
            return message.name() + (ENDING.contains(error.severity()) ? "(FATAL)" : "");
        }
        return message instanceof UnknownMessage ? "Unknown" : oneByte(message);
    }

    private static String oneByte(Message message) {
        if (message instanceof SSLResponse answer) {
            return message.name() + "(" + known(answer.answer(), "SN") + ")";
        }
        if (message instanceof GSSENCResponse answer) {
            return message.name() + "(" + known(answer.answer(), "GN") + ")";
        }
        return message.name();
    }

    private static char known(byte answer, String known) {
        return known.indexOf(answer) >= 0 ? (char) answer : '?';
    }
}
