package org.pgreel.recorder.redaction;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.wire.Bytes;

/** Messages of a COPY whose data is not redacted to its end. Confined to one thread. */
final class WaitingCopies {

    private record Waiting(CopyData data, Consumer<@Nullable Message> answer) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final HeldBytes redacted = new HeldBytes();

    void add(CopyData data, Consumer<@Nullable Message> answer) {
        waiting.add(new Waiting(data, answer));
    }

    /** Takes the next data as it is redacted, and answers the messages that it fills. */
    void filled(byte[] bytes) {
        redacted.add(Bytes.wrap(bytes));
        int at = 0;
        for (Waiting head = waiting.peek(); head != null; head = waiting.peek()) {
            Bytes data = head.data.data();
            if (data.length() > redacted.length() - at) {
                break;
            }
            Bytes now = redacted.slice(at, at + data.length());
            at += data.length();
            waiting.remove();
            head.answer.accept(now.equals(data) ? null : new CopyData(now));
        }
        redacted.drop(at);
    }
}
