package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.conversation.Violated;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.tap.CallbackKind;

/** Reads a run's journal and tells what the client must have told its application: up to the first violation. */
final class JournalFold implements WireSink {
    private static final int OWN_CONNECTION = 1;
    private static final Set<CallbackKind> DERIVABLE = EnumSet.of(
            CallbackKind.AUTHENTICATED,
            CallbackKind.TRANSACTION_STATUS,
            CallbackKind.NOTIFICATION,
            CallbackKind.NOTICE,
            CallbackKind.PARAMETER_STATUS);

    private final WireDecoder decoder;
    private final List<Trace.Entry.Callback> callbacks;
    private final List<Message> messages;
    private Conversation conversation;
    private boolean over;

    /** A fold that has read nothing. */
    JournalFold() {
        this(new WireDecoder(WireLimits.DEFAULTS), List.of(), List.of(), Conversation.begin(), false);
    }

    private JournalFold(
            WireDecoder decoder,
            List<Trace.Entry.Callback> callbacks,
            List<Message> messages,
            Conversation conversation,
            boolean over) {
        this.decoder = decoder;
        this.callbacks = new ArrayList<>(callbacks);
        this.messages = new ArrayList<>(messages);
        this.conversation = conversation;
        this.over = over;
    }

    /**
     * What a fold has come to between two chunks. Immutable.
     *
     * @param decoder where the decoder stands
     * @param callbacks what was told
     * @param messages of which messages
     * @param conversation where the conversation stands
     * @param over whether a violation ended it
     */
    record Standing(
            WireDecoder.Snapshot decoder,
            List<Trace.Entry.Callback> callbacks,
            List<Message> messages,
            Conversation conversation,
            boolean over) {
        /** Returns a fold that goes on from here. */
        JournalFold goOn() {
            return new JournalFold(
                    new WireDecoder(WireLimits.DEFAULTS, decoder), callbacks, messages, conversation, over);
        }
    }

    /** Returns what it has come to. */
    Standing standing() {
        return new Standing(decoder.snapshot(), List.copyOf(callbacks), List.copyOf(messages), conversation, over);
    }

    /** Tells whether the callback follows from the bytes alone. */
    static boolean derivable(CallbackKind callback) {
        return DERIVABLE.contains(callback);
    }

    /** Takes the next chunk. */
    void take(RunJournal.Entry entry) {
        if (entry.connection() == OWN_CONNECTION && !over) {
            decoder.feed(entry.direction(), entry.bytes(), 0, entry.bytes().length, this);
        }
    }

    /** Returns the callbacks. */
    List<Trace.Entry.Callback> callbacks() {
        return callbacks;
    }

    /** Returns the parameters behind that many callbacks. */
    Map<String, String> parameters(int told) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Message message : messages.subList(0, told)) {
            if (message instanceof ParameterStatus status) {
                parameters.put(status.parameter(), status.value());
            }
        }
        return parameters;
    }

    /** Returns the transaction status behind that many callbacks; null if there was none. */
    @Nullable
    TransactionStatus status(int told) {
        TransactionStatus last = null;
        for (Message message : messages.subList(0, told)) {
            if (message instanceof ReadyForQuery ready) {
                last = ready.transactionStatus();
            }
        }
        return last;
    }

    @Override
    public void message(Direction direction, Message message, long start, long end) {
        if (over) {
            return;
        }
        conversation = conversation.after(direction, message);
        if (conversation instanceof Violated) {
            over = true;
        } else if (message instanceof BackendMessage) {
            told(message);
        }
    }

    private void told(Message message) {
        if (message instanceof AuthenticationOk) {
            add(message, CallbackKind.AUTHENTICATED);
        } else if (message instanceof ReadyForQuery ready) {
            add(
                    message,
                    CallbackKind.TRANSACTION_STATUS,
                    String.valueOf(ready.transactionStatus().indicator()));
        } else if (message instanceof ParameterStatus status) {
            add(message, CallbackKind.PARAMETER_STATUS, status.parameter(), status.value());
        } else if (message instanceof NoticeResponse notice) {
            add(message, CallbackKind.NOTICE, notice.severity(), notice.sqlState(), notice.message());
        } else if (message instanceof NotificationResponse notification) {
            add(
                    message,
                    CallbackKind.NOTIFICATION,
                    notification.channel(),
                    notification.payload(),
                    String.valueOf(notification.processId()));
        }
    }

    private void add(Message message, CallbackKind kind, String... fields) {
        messages.add(message);
        callbacks.add(new Trace.Entry.Callback(kind, List.of(fields)));
    }

    @Override
    public void oversized(Direction direction, byte type, long length, long start) {
        conversation = conversation.afterOversized(direction, type);
    }

    @Override
    public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
        over = true;
    }
}
