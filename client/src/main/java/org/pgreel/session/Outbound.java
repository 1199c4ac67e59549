package org.pgreel.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.tap.SessionTap;

/**
 * What goes to the server: collects the messages of one input, tells the tap, and hands them to the transport at once.
 *
 * <p>The array is used again for every input and wiped after it, because it has held passwords.
 */
final class Outbound {

    private static final int BATCH = 64 << 10;

    /** An array that grew larger than this for one message is not kept. */
    private static final int KEPT_MAX = 1 << 20;

    private final Effects effects;
    private MessageWriter writer = new MessageWriter();
    private final Dialogue dialogue;
    private final List<Operation<?>> collected = new ArrayList<>();
    private @Nullable SessionTap tap;
    private boolean writable = true;
    private int connection;
    private int syncsUnsent;

    Outbound(Effects effects, Dialogue dialogue) {
        this.effects = effects;
        this.dialogue = dialogue;
    }

    void tapWith(SessionTap sessionTap) {
        tap = sessionTap;
    }

    /** What follows goes to the connection of that number. */
    void connection(int number) {
        connection = number;
    }

    /** Another connection begins: what was collected for the one before is forgotten. */
    void restart() {
        writable = true;
        forget();
    }

    /** Hands over what was collected if that is much, so that no more of it piles up than is worth a write. */
    void transmitIfMuch() {
        if (writer.length() > BATCH) {
            transmit();
        }
    }

    /** Tells whether messages wait for the end of the input that is being heard, so that the server knows nothing of them. */
    boolean collects() {
        return writer.length() > 0;
    }

    void writable(boolean takesMore) {
        writable = takesMore;
    }

    boolean takesMore() {
        return writable;
    }

    void send(FrontendMessage message) {
        dialogue.said(message);
        message.encode(writer);
    }

    /**
     * Sends another Sync, because the server may have read the one before as part of a COPY. It stays with the client until
     * all that came is heard, so no ReadyForQuery that came can be its answer.
     */
    void sendSyncBehindCopy() {
        send(ExecutionOperation.SYNC);
        dialogue.syncsUnsent(++syncsUnsent);
    }

    /** Sends an operation's messages, which it has encoded when it was created. */
    void send(Operation<?> operation) {
        operation.messages().forEach(dialogue::said);
        MessageWriter encoded = operation.encoded();
        writer.writeBytes(encoded.array(), 0, encoded.length());
        collected.add(operation);
    }

    /** Sends the first messages of an operation that are known only now that its turn has come. */
    void send(Operation<?> operation, List<FrontendMessage> messages) {
        messages.forEach(this::send);
        sent(operation);
    }

    /** What was sent since are the first messages of an operation. */
    void sent(Operation<?> operation) {
        collected.add(operation);
    }

    /**
     * Returns where to write a message, whole, that is known to the conversation by its kind alone.
     *
     * @param kind any message that demands the same of the server
     */
    MessageWriter writing(FrontendMessage kind) {
        dialogue.said(kind);
        return writer;
    }

    /** Hands over what was collected; the tap hears of it first. */
    void transmit() {
        int length = writer.length();
        if (length == 0) {
            return;
        }
        byte[] array = writer.array();
        try {
            if (tap != null) {
                tap.written(connection, array, 0, length);
            }
            for (int i = 0; i < collected.size(); i++) {
                collected.get(i).handedToSocket();
            }
            effects.write(array, 0, length);
            effects.flush();
        } finally {
            Arrays.fill(array, 0, length, (byte) 0);
            forget();
        }
    }

    /** Says goodbye instead of what was collected and not handed over. */
    void terminate() {
        forget();
        new Terminate().encode(writer);
        transmit();
    }

    private void forget() {
        if (writer.array().length > KEPT_MAX) {
            writer = new MessageWriter();
        } else {
            writer.reset();
        }
        collected.clear();
        if (syncsUnsent > 0) {
            syncsUnsent = 0;
            dialogue.syncsUnsent(0);
        }
    }
}
