package org.pgreel.scenarios.sweep;

import java.util.Optional;
import org.pgreel.protocol.wire.Direction;

/** Spells faults as {@code !} lines of the notation, so that a script's own server brings them about. */
public final class FaultLine {
    private FaultLine() {}

    /**
     * Returns the line for a fault of the server's stream.
     *
     * @return empty if the notation has no words for it: what is done to the client's bytes is no doing of a server
     */
    public static Optional<String> of(Fault fault) {
        if (fault.stream().direction() == Direction.FRONTEND || fault.stream().connection() != 1) {
            return Optional.empty();
        }
        int offset = fault.offset();
        boolean end = offset >= fault.stream().bytes().length();
        int message = end ? fault.stream().names().size() : fault.stream().messageAt(offset);
        int inside = end ? 0 : offset - fault.stream().boundaries().get(message);
        return switch (fault.tamper().kind()) {
            case OMIT -> Optional.of("! omit @ " + moment(fault, message));
            case DUPLICATE -> Optional.of("! duplicate @ " + moment(fault, message));
            case SWAP -> Optional.of("! swap @ " + moment(fault, message));
            case INSERT -> inserted(fault, "before", message);
            case APPEND -> inserted(fault, "after", message - 1);
            case RESET -> Optional.of("! reset @ " + place(fault, message, inside));
            case EOF -> Optional.of("! eof @ " + place(fault, message, inside));
            case STALL -> Optional.of("! stall @ " + place(fault, message, inside));
            case CORRUPT -> {
                int turned =
                        (fault.stream().bytes().byteAt(offset) ^ fault.tamper().mask()) & 0xff;
                yield Optional.of("! corrupt " + inside + " x\"" + hex(turned) + "\" @ " + moment(fault, message));
            }
            case BYTES, COALESCE -> Optional.empty();
        };
    }

    /** Returns a fault in what the client says in words, as {@code reset F Query #1 byte 3}. */
    static String words(Fault fault) {
        int message = fault.messageNumber();
        int inside = fault.offset() - fault.stream().boundaries().get(message);
        boolean before = inside == 0 && fault.tamper().kind() == Tamper.Kind.INSERT;
        return fault.tamper().word()
                + (fault.tamper().kind() == Tamper.Kind.APPEND ? " after " : before ? " before " : " ")
                + fault.place()
                + (inside > 0 && !fault.tamper().kind().ofMessages() ? " byte " + inside : "");
    }

    /**
     * Returns a line that does less than the fault, and may do as much harm: the message at which each byte begins to come
     * alone comes so, and those behind it do not.
     *
     * @return empty if the fault is of another kind, or not of the server's stream
     */
    static Optional<String> narrower(Fault fault) {
        boolean bytes = fault.tamper().kind() == Tamper.Kind.BYTES;
        boolean ours = fault.stream().direction() == Direction.BACKEND
                && fault.stream().connection() == 1;
        return bytes && ours && fault.offset() < fault.stream().bytes().length()
                ? Optional.of("! chop 1 @ " + moment(fault, fault.stream().messageAt(fault.offset())))
                : Optional.empty();
    }

    private static String hex(int value) {
        return Character.toString(Character.forDigit(value >> 4, 16)) + Character.forDigit(value & 15, 16);
    }

    private static Optional<String> inserted(Fault fault, String side, int message) {
        String line = fault.tamper().word().substring(fault.tamper().word().indexOf(' ') + 1);
        return line.startsWith("raw ")
                ? Optional.empty()
                : Optional.of("! insert B " + line + " @ " + side + " " + moment(fault, message));
    }

    /** Where a stream breaks: inside a message, or right behind the one before. */
    private static String place(Fault fault, int message, int inside) {
        if (inside > 0) {
            return moment(fault, message) + " byte " + inside;
        }
        return message == 0 ? "before " + moment(fault, 0) : "after " + moment(fault, message - 1);
    }

    private static String moment(Fault fault, int message) {
        return fault.stream().place(message);
    }
}
