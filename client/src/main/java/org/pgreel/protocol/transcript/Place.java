package org.pgreel.protocol.transcript;

import java.util.Collection;

/** A place in a text, for failures; both count from 1. */
record Place(int line, int column) {
    /** The place of what was not read from a text. */
    static final Place NONE = new Place(0, 0);

    NotationException failure(String problem) {
        return new NotationException(line, column, problem);
    }

    NotationException unknownWord(String word, String kind, Collection<String> known) {
        return NotationException.unknownWord(line, column, word, kind, known);
    }

    Place of(Field field) {
        return new Place(line, field.column());
    }

    /** Returns the number spelled, if it is one and within the bounds. */
    int number(String spelling, long least, long greatest) {
        try {
            long number = Long.parseLong(spelling);
            if (number >= least && number <= greatest) {
                return (int) number;
            }
        } catch (NumberFormatException notANumber) {
            throw failure("expected a number and not \"" + spelling + "\"");
        }
        throw failure(spelling + " is not within " + least + " to " + greatest);
    }
}
