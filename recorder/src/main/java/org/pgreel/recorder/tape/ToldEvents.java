package org.pgreel.recorder.tape;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.recorder.event.CallbackFired;
import org.pgreel.recorder.event.OperationCompleted;
import org.pgreel.recorder.event.OperationSubmitted;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.tap.CallbackKind;

/** Reads lines about callbacks and operations. */
final class ToldEvents {

    private ToldEvents() {}

    static SessionEvent of(Item.Told told, long nanos) {
        if (told.marker() == '@') {
            return new CallbackFired(0, 0, nanos, callback(told.name()), joined(told.fields()));
        }
        if (!told.name().equals(TextTape.OPERATION)) {
            throw new TapeProblem("the operations of a tape are spelled \"" + told.marker()
                    + " operation NUMBER TEXT\", not \"" + told.name() + "\"");
        }
        TapeWords words = TapeWords.of(told.name(), told.fields());
        long operation = words.number("its number");
        String text = words.text("a text");
        words.requireExhausted();
        return told.marker() == '>'
                ? new OperationSubmitted(0, 0, nanos, operation, text)
                : new OperationCompleted(0, 0, nanos, operation, text);
    }

    private static CallbackKind callback(String name) {
        for (CallbackKind kind : CallbackKind.values()) {
            if (kind.callbackName().equals(name)) {
                return kind;
            }
        }
        throw new TapeProblem("\"" + name + "\" is no callback of SessionStatusNotify");
    }

    private static String joined(List<Field> fields) {
        List<String> words = new ArrayList<>();
        TapeWords read = TapeWords.of("the callback", fields);
        while (read.more()) {
            words.add(read.text("a word"));
        }
        read.requireExhausted();
        return String.join(" ", words);
    }
}
