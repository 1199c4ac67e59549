package org.pgreel.recorder.tape;

import java.util.List;
import java.util.Locale;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireText;

/**
 * The text form of a tape: its version, its words, and how fields hold texts and numbers.
 *
 * <p>What transcripts know is spelled as in transcripts. The other lines begin with one of these words.
 */
final class TextTape {

    static final int VERSION = 1;

    static final String TAPE = "tape";
    static final String SESSION = "session";
    static final String CONNECTION = "connection";
    static final String ENDED = "ended";
    static final String FAULT = "fault";
    static final String DAMAGED = "damaged";
    static final String CLOSED = "closed";
    static final String DIGEST = "digest";
    static final String OPERATION = "operation";
    static final String REQUESTED = "requested";
    static final String FAILS = "fails";

    /** The words with which lines begin that no transcript has. */
    static final List<String> WORDS = List.of(TAPE, SESSION, CONNECTION, ENDED, FAULT, DAMAGED, CLOSED);

    /** The longest line: a message of the greatest length that is decoded at all, every byte of it escaped. */
    static final int LINE_BYTES_MAX = 80 * 1024 * 1024;

    private TextTape() {}

    static Field text(String text) {
        return Field.of(textValue(text));
    }

    static Value textValue(String text) {
        return Value.of(Bytes.wrap(WireText.encode(text)));
    }

    static Field number(long number) {
        return Field.of(Value.word(Long.toString(number)));
    }

    static Field word(Enum<?> value) {
        return Field.of(Value.word(spelling(value)));
    }

    static String spelling(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the text that a value is; a word is its spelling. */
    static String textOf(Value value) {
        if (value.atoms().size() == 1) {
            Atom atom = value.atoms().get(0);
            if (atom instanceof Atom.Literal literal) {
                return literal.bytes().text();
            }
            if (atom instanceof Atom.Bare bare) {
                return bare.spelling();
            }
        }
        throw new TapeProblem("a text in quotes or a word was expected");
    }
}
