package org.pgreel.type;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A value of the type tsvector: lexemes, which the server keeps in its own order and without doubles. Immutable.
 *
 * @param lexemes the lexemes
 */
public record PgTsVector(List<Lexeme> lexemes) {

    /**
     * A word, and where it stands in the document.
     *
     * @param text the word
     * @param positions where it stands; may be empty
     */
    public record Lexeme(String text, List<Position> positions) {
        /** Keeps its own copy. */
        public Lexeme {
            positions = List.copyOf(positions);
        }
    }

    /**
     * A place in the document.
     *
     * @param index the word's number, 1 to 16383
     * @param weight A, B, C or D; D is that of a word without a weight
     */
    public record Position(int index, char weight) {
        /** Refuses a number or weight that does not exist. */
        public Position {
            if (index < 0 || index > INDEX_MAX || WEIGHTS.indexOf(weight) < 0) {
                throw new IllegalArgumentException("no such position of a lexeme");
            }
        }

        @Override
        public String toString() {
            return weight == 'D' ? Integer.toString(index) : index + Character.toString(weight);
        }
    }

    private static final int INDEX_MAX = 0x3FFF;
    private static final String WEIGHTS = "DCBA";
    private static final int WEIGHT_SHIFT = 14;

    /** Keeps its own copy. */
    public PgTsVector {
        lexemes = List.copyOf(lexemes);
    }

    static PgTsVector read(ValueReader in) {
        // A NUL, and the count of positions.
        int count = in.readCount(3);
        List<Lexeme> lexemes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String text = in.readTerminatedText();
            int places = in.readUnsignedInt16();
            in.requireRoomFor(places, Short.BYTES);
            List<Position> positions = new ArrayList<>(places);
            for (int j = 0; j < places; j++) {
                int place = in.readUnsignedInt16();
                positions.add(new Position(place & INDEX_MAX, WEIGHTS.charAt(place >> WEIGHT_SHIFT)));
            }
            lexemes.add(new Lexeme(text, positions));
        }
        return new PgTsVector(lexemes);
    }

    void write(ValueWriter out) {
        out.writeInt32(lexemes.size());
        for (Lexeme lexeme : lexemes) {
            out.writeText(lexeme.text())
                    .writeByte(0)
                    .writeInt16(lexeme.positions().size());
            for (Position position : lexeme.positions()) {
                out.writeInt16(WEIGHTS.indexOf(position.weight()) << WEIGHT_SHIFT | position.index());
            }
        }
    }

    /**
     * Returns the value that the text tells, such as {@code 'a':1A 'fat':2,4}.
     *
     * @throws MalformedValueException if it tells none
     */
    public static PgTsVector parse(String text) {
        var in = new LexemeText(text);
        List<Lexeme> lexemes = new ArrayList<>();
        while (in.more()) {
            String word = in.word();
            List<Position> positions = new ArrayList<>();
            if (in.accept(':')) {
                do {
                    int index = in.number(INDEX_MAX);
                    positions.add(new Position(index, in.letter("ABCD", 'D')));
                } while (in.accept(','));
            }
            in.blankOrEnd();
            lexemes.add(new Lexeme(word, positions));
        }
        return new PgTsVector(lexemes);
    }

    /** Returns the value as PostgreSQL writes it. */
    @Override
    public String toString() {
        return lexemes.stream()
                .map(lexeme -> LexemeText.quoted(lexeme.text())
                        + (lexeme.positions().isEmpty() ? "" : ":")
                        + lexeme.positions().stream().map(Position::toString).collect(Collectors.joining(",")))
                .collect(Collectors.joining(" "));
    }
}
