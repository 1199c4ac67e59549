package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;

/** Where a session stands with its transaction, as {@link ReadyForQuery} reports it. */
public enum TransactionStatus {
    /** Not in a transaction block ({@code I}). */
    IDLE('I'),
    /** In a transaction block ({@code T}). */
    IN_BLOCK('T'),
    /** In a transaction block that failed ({@code E}): all but its end is refused. */
    FAILED('E');

    private final char indicator;
    private final String text;

    TransactionStatus(char indicator) {
        this.indicator = indicator;
        this.text = String.valueOf(indicator);
    }

    /** Returns the indicator as text. */
    public String text() {
        return text;
    }

    /** Returns {@code I}, {@code T} or {@code E}, as on the wire. */
    public char indicator() {
        return indicator;
    }

    static TransactionStatus decode(MessageReader body) {
        return switch (body.readByte()) {
            case 'I' -> IDLE;
            case 'T' -> IN_BLOCK;
            case 'E' -> FAILED;
            default -> throw body.malformed("the transaction status is none of I, T and E");
        };
    }
}
